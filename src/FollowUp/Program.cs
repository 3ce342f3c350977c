using FollowUp;
using FollowUp.Time;

return await CustomHandler.RunAsync(args, new SystemClock());
