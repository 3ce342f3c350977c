using FollowUp.Pages;

namespace FollowUp.Reviews;

internal static class ReviewsRoom
{
    public static IServiceCollection AddReviews(this IServiceCollection services) =>
        services.AddStaffNavigation("Awaiting review", "/staff/review", order: 15);
}
