namespace FollowUp.Contacts;

/// <summary>Contacts that organisations name themselves: by the pages behind a link, and what staff say to it.</summary>
internal static class ContactsRoom
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<NominationsTable>()
        .AddSingleton<TakeOver>()
        .AddSingleton<NameContact>()
        .AddSingleton<DecideNomination>();
}
