using FollowUp.Doors;
using FollowUp.Local;

namespace FollowUp.Tests.Azure;

public sealed class FunctionDoorsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("followup-");

    public FunctionDoorsTests()
    {
        var own = Path.Combine(RepositoryRoot.Find(), "src", "FollowUp", "functions");
        foreach (var file in Directory.EnumerateFiles(own, "function.json", SearchOption.AllDirectories))
            Add(Path.GetFileName(Path.GetDirectoryName(file))!, File.ReadAllText(file));
        File.Copy(Path.Combine(RepositoryRoot.Find(), "host.json"), Path.Combine(_folder.FullName, "host.json"));
    }

    [Fact]
    public void The_functions_of_the_service_fit_it() => FunctionDoors.Require(_folder.FullName);

    [Theory]
    [InlineData("Forgotten", """{"bindings":[{"type":"timerTrigger","name":"timer","schedule":"0 0 * * * *"}]}""", "Forgotten/function.json names no use case")]
    [InlineData("Reports", """{"bindings":[{"type":"httpTrigger","route":"reports/{*path}","methods":["get"]}]}""", "says of no route there who may use it")]
    [InlineData("Start2", """{"bindings":[{"type":"httpTrigger","route":"Staff/{*rest}","methods":["get"]}]}""", "have the same route")]
    [InlineData("Everything", """{"bindings":[{"type":"httpTrigger","route":"{*path}","methods":["post"]}]}""", "lets anybody call the trigger door SendEmail")]
    [InlineData("Any", """{"bindings":[{"type":"httpTrigger","route":"{name}"}]}""", "lets anybody call the trigger door ChaseRecommendations")]
    [InlineData("Broken", "{", "Broken/function.json cannot be read")]
    [InlineData("Odd", """{"bindings":[{"type":"httpTrigger","route":"staff/{","methods":["get"]}]}""", "Odd/function.json has the route “staff/{”, which is no route template")]
    [InlineData("Twice", """{"bindings":[{"type":"httpTrigger","route":"staff/{a}/{a}"}]}""", "which is no route template")]
    [InlineData("Nothing", """{"bindings":[{"type":"httpTrigger","route":"staff/x","methods":[null]}]}""", "Nothing/function.json cannot be read: methods holds null")]
    [InlineData("Empty", """{"bindings":[]}""", "has 0 triggers")]
    public void A_function_that_does_not_fit_stops_the_start_and_is_named(string name, string json, string fault)
    {
        Add(name, json);

        var bad = Assert.Throws<BadDoorsException>(() => FunctionDoors.Require(_folder.FullName));

        Assert.Contains(bad.Faults, said => said.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SendEmail", "queueTrigger", "timerTrigger", "SendEmail/function.json does not say “type”: “queueTrigger” of its trigger: emails are sent when the queue rings.")]
    [InlineData("SendEmail", "\"name\": \"message\"", "\"name\": \"item\"", "SendEmail/function.json does not say “name”: “message” of its trigger: the service looks for the queue’s message there.")]
    [InlineData("SendEmail", "\"email\"", "\"emails\"", "SendEmail/function.json does not say “queueName”: “email” of its trigger: the service rings there.")]
    [InlineData("ChaseRecommendations", "timerTrigger", "queueTrigger", "ChaseRecommendations/function.json does not say “type”: “timerTrigger” of its trigger: it runs by the clock.")]
    [InlineData("ChaseRecommendations", "0 */10 * * * *", "often", "ChaseRecommendations/function.json has no schedule that a timer could keep: write one of six fields such as “0 */10 * * * *”, or a setting such as %Schedule%.")]
    [InlineData("ChaseRecommendations", "    }\n  ]", "    },\n    { \"type\": \"queue\" }\n  ]", "ChaseRecommendations/function.json has the bindings queue besides its trigger, and nothing that the service would say to them: take them away.")]
    [InlineData("Staff", "anonymous", "function", "Staff/function.json does not say “authLevel”: “anonymous” of its trigger: the service checks who may come in, and the host would ask for a key.")]
    [InlineData("Staff", "\"type\": \"http\"", "\"type\": \"queue\"", "Staff/function.json needs one binding besides its trigger, the output of type http that takes the answer.")]
    public void A_binding_that_is_not_as_the_service_expects_stops_the_start_and_is_named(string name, string said, string instead, string fault)
    {
        RewriteDoor(name, said, instead);

        Assert.Equal([fault], Assert.Throws<BadDoorsException>(() => FunctionDoors.Require(_folder.FullName)).Faults);
    }

    [Theory]
    [InlineData("ChaseRecommendations", "0 */10 * * * *", "%ChaseSchedule%")]
    [InlineData("ChaseRecommendations", "0 */10 * * * *", "00:10:00")]
    [InlineData("SendEmail", "{", "{ // As the host takes it, too")]
    [InlineData("Staff", "    }\n  ]", "    },\n  ]")]
    public void What_the_host_takes_is_taken(string name, string said, string instead)
    {
        RewriteDoor(name, said, instead);

        FunctionDoors.Require(_folder.FullName);
    }

    [Fact]
    public void A_use_case_that_nothing_calls_stops_the_start()
    {
        Directory.Delete(Path.Combine(_folder.FullName, "SweepRegister"), recursive: true);

        Assert.Contains("SweepRegister", Assert.Throws<BadDoorsException>(() => FunctionDoors.Require(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HttpRequest\": true", "HttpRequest\": false", "customHandler.enableForwardingHttpRequest")]
    [InlineData("\"routePrefix\": \"\"", "\"routePrefix\": \"api\"", "extensions.http.routePrefix")]
    [InlineData("\"http\": { \"routePrefix\": \"\" },", "", "extensions.http.routePrefix")]
    [InlineData("\"messageEncoding\": \"base64\"", "\"messageEncoding\": \"none\"", "extensions.queues.messageEncoding to “none”")]
    [InlineData("\"functionTimeout\": \"00:05:00\"", "\"functionTimeout\": \"00:04:30\"", "functionTimeout to 00:04:30")]
    public void A_host_file_that_would_hand_requests_or_messages_on_otherwise_stops_the_start(string said, string instead, string fault)
    {
        Rewrite(said, instead);

        var bad = Assert.Throws<BadDoorsException>(() => FunctionDoors.Require(_folder.FullName));

        Assert.Contains(fault, Assert.Single(bad.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_file_that_is_no_JSON_stops_the_start()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "host.json"), "{");

        Assert.Contains("host.json is no JSON", Assert.Single(Assert.Throws<BadDoorsException>(() => FunctionDoors.Require(_folder.FullName)).Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enableForwarding")]
    [InlineData("enableProxying")]
    public void Either_way_of_handing_requests_on_will_do(string without)
    {
        Rewrite($"\"{without}HttpRequest\": true", $"\"{without}HttpRequest\": false");

        FunctionDoors.Require(_folder.FullName);
    }

    [Theory]
    [InlineData("\"functionTimeout\": \"00:05:00\",", "")]
    [InlineData("\"functionTimeout\": \"00:05:00\"", "\"functionTimeout\": \"-1\"")]
    [InlineData("\"functionTimeout\": \"00:05:00\"", "\"functionTimeout\": \"00:10:00\"")]
    [InlineData("\"messageEncoding\": \"base64\"", "\"messageEncoding\": \"Base64\"")]
    public void What_gives_runs_as_much_time_or_says_the_same_will_do(string said, string instead)
    {
        Rewrite(said, instead);

        FunctionDoors.Require(_folder.FullName);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Rewrite(string said, string instead) => Rewrite(Path.Combine(_folder.FullName, "host.json"), said, instead);

    private void RewriteDoor(string name, string said, string instead) => Rewrite(Path.Combine(_folder.FullName, name, "function.json"), said, instead);

    private static void Rewrite(string file, string said, string instead)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(said, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(said, instead, StringComparison.Ordinal));
    }

    private void Add(string name, string json) =>
        File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(name).FullName, "function.json"), json);
}
