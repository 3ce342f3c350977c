using FollowUp;
using FollowUp.Local;
using FollowUp.Local.Service;

Starting.SpeakEnglish();
if (args is [ServiceChild.Verb, var clockFile, .. var settings])
    await ServiceChild.RunAsync(clockFile, settings);
else
    return await LocalRun.RunAsync(args);
return 0;
