namespace FollowUp.Organisations;

/// <summary>What staff pages call the things of the directory.</summary>
internal static class OrganisationWords
{
    public static string InWords(this OrganisationKind kind) => kind switch
    {
        OrganisationKind.Crc => "Community Rehabilitation Company (CRC)",
        OrganisationKind.Nps => "National Probation Service (NPS) division",
        OrganisationKind.Owner => "Owner of CRCs",
        OrganisationKind.Hmpps => "HM Prison and Probation Service (HMPPS)",
        _ => "Other",
    };

    public static string InWords(this ContactRole role) => role switch
    {
        ContactRole.Main => "main contact",
        ContactRole.Second => "second contact",
        _ => "director",
    };
}
