/// Between which prices machines of a kind usually stand on the shelf. Both ends are usual.
public struct UsualPrices: Hashable, Sendable {
    public let least: Cents
    public let most: Cents

    public init(least: Cents, most: Cents) {
        self.least = least
        self.most = most
    }

    /// Asks once about a price that nobody expects: 9500 where 95 was meant. Whoever means it says so.
    /// Throws `devicePriceUnusual`.
    public func check(_ price: Cents, isMeant: Bool, of label: String) throws(Refusal) {
        guard !isMeant, price < least || price > most else { return }
        throw Refusal(
            .devicePriceUnusual,
            [
                "label": .text(label), "price": .cents(price), "least": .cents(least),
                "most": .cents(most),
            ]
        )
    }
}
