using System.Reflection;
using Microsoft.Extensions.Logging;

namespace FollowUp.Tests.Azure;

/// <summary>The same sources in a folder of the same path make the same bytes, whoever publishes them.</summary>
public sealed class PublishedAlikeTests
{
    /// <summary>The generator of log messages takes classes in any order and sorts them by these two alone.</summary>
    [Fact]
    public void No_two_classes_of_log_messages_have_the_same_namespace_and_name()
    {
        var classes = typeof(Composition).Assembly.GetTypes()
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null))
            .ToList();

        Assert.True(classes.Count > 5, "The attribute is not kept in the assembly: look into the sources instead.");
        Assert.DoesNotContain(classes.GroupBy(type => (type.Namespace, type.Name)), alike => alike.Count() > 1);
    }
}
