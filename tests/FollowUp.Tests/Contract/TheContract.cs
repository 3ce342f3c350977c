using FollowUp.Tests.Infrastructure;

namespace FollowUp.Tests.Contract;

/// <summary>One stack for all tests of the outside contract; its clock stands at 09:00 on 31 August 2017.</summary>
[CollectionDefinition(Name)]
public sealed class TheContract : ICollectionFixture<Inspectorate>
{
    public const string Name = "The outside contract";
}
