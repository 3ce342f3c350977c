using FollowUp.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(Browser))]
