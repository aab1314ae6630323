import Shop

extension Instant {
    /// `21/11/2026 15:05`, by the shop's clock.
    var printed: String { "\(day.printed) \(clock)" }
}
