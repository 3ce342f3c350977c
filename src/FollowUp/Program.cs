using FollowUp;
using FollowUp.Time;

await CustomHandler.Create(args, new SystemClock()).RunAsync();
