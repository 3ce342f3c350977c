namespace FollowUp.Local;

/// <summary>The folder that holds node_modules, the service's doors and, unless told otherwise, the data.</summary>
internal static class RepositoryRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FollowUp.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run FollowUp.Local from a checkout of the repository: FollowUp.sln was not found above " + AppContext.BaseDirectory);
    }
}
