using FluentValidation;
using MediatR;
using Recommendation.Application.Ports;

namespace Recommendation.Application.Recommendations;

/// <summary>
/// Counts what is popular within windows and keeps it for <see cref="PopularInWindow"/>, where that can't count itself.
/// </summary>
/// <param name="Windows">Some of <see cref="PopularInWindow.Windows"/>.</param>
public sealed record CountPopularWindows(IReadOnlyList<string> Windows) : IRequest<CountedWindows>
{
    internal sealed class Validator : AbstractValidator<CountPopularWindows>
    {
        public Validator(IEnumerable<IPopularWindowStore> stores)
        {
            RuleFor(request => request)
                .Must(_ => stores.Any())
                .WithMessage("Popular items are counted when they are asked for here; nothing is kept.");
            RuleFor(request => request.Windows).NotEmpty().WithMessage("Name the windows to count.");
            RuleForEach(request => request.Windows)
                .Must(PopularInWindow.Windows.ContainsKey)
                .WithMessage(PopularInWindow.UnknownWindow);
        }
    }

    internal sealed class Handler(
        IEnumerable<IPopularWindowCounter> counters,
        IEnumerable<IPopularWindowStore> stores,
        TimeProvider time
    ) : IRequestHandler<CountPopularWindows, CountedWindows>
    {
        public async Task<CountedWindows> Handle(CountPopularWindows request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var windows = request.Windows.Select(name => PopularInWindow.Windows[name]).ToList();
            var counted = await counters.First().CountAsync(windows, now, cancellationToken);
            for (var i = 0; i < windows.Count; i++)
                await stores.First().PutAsync(windows[i], counted[i], now, cancellationToken);
            return new([.. request.Windows.Zip(counted, (name, items) => new CountedWindow(name, items.Count))]);
        }
    }
}

/// <summary>What was counted.</summary>
public sealed record CountedWindows(IReadOnlyList<CountedWindow> Windows);

/// <summary>A window that was counted.</summary>
/// <param name="Window">Its name.</param>
/// <param name="Items">How many items are popular in it.</param>
public sealed record CountedWindow(string Window, int Items);
