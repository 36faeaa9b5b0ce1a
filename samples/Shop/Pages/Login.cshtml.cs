using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recommendation.Client.AspNetCore;
using Shop.Goods;

namespace Shop.Pages;

/// <summary>
/// Logging in and out. The visitor's id is merged into the user by <c>UseRecommendationVisitors</c>, at the next page.
/// </summary>
internal sealed class LoginModel(Catalogue catalogue, Visitors visitors) : PageModel
{
    private const int MaximumLength = 60;

    internal IReadOnlyList<string> Customers { get; } = [.. catalogue.Customers.Take(30)];

    public async Task<IActionResult> OnPostAsync(string? user)
    {
        if (string.IsNullOrWhiteSpace(user) || user.Trim().Length > MaximumLength || user.Any(char.IsControl))
            return RedirectToPage();
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Trim()), new Claim(ClaimTypes.Name, user.Trim())],
            CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(new ClaimsPrincipal(identity));
        return RedirectToPage("/Index");
    }

    public async Task<IActionResult> OnPostOutAsync()
    {
        visitors.Renew(HttpContext);
        await HttpContext.SignOutAsync();
        return RedirectToPage("/Index");
    }
}
