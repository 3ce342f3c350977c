using FollowUp.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(Browser))]
[assembly: AssemblyFixture(typeof(SharedStorage))]
