using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Shop.Pages;

/// <summary>Whether the shop may remember the visitor.</summary>
internal sealed class ConsentModel : PageModel
{
    /// <summary>The cookie of who does not want to be asked again.</summary>
    internal const string Declined = "declined";

    public IActionResult OnPost(bool agree, string? back)
    {
        var consent = HttpContext.Features.GetRequiredFeature<ITrackingConsentFeature>();
        if (agree)
        {
            consent.GrantConsent();
            Response.Cookies.Delete(Declined);
        }
        else
        {
            consent.WithdrawConsent();
            Response.Cookies.Append(Declined, "yes", new CookieOptions { IsEssential = true, HttpOnly = true });
        }
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
