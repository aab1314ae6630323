/// What was counted at the close of a drawer, and how.
public struct DrawerCount: Sendable, Codable {
    public let cash: Cents
    public let card: Cents
    public let cheque: Cents
    /// Coins and notes by their worth in cents, the largest first; empty where the cash was counted as one amount.
    public let pieces: [Piece]
    /// One by one, as they lay there; empty where their total was typed.
    public let cheques: [Cents]
    public let reason: DifferenceReason?

    public struct Piece: Hashable, Sendable, Codable {
        /// What one is worth, in cents.
        public let cents: Int
        public let count: Int

        public init(cents: Int, count: Int) {
            self.cents = cents
            self.count = count
        }
    }

    /// Coins and notes of the euro, in cents, the largest first.
    public static let denominations = [
        50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1,
    ]

    public init(cash: Cents, card: Cents, cheque: Cents, reason: DifferenceReason?) {
        self.cash = cash
        self.card = card
        self.cheque = cheque
        self.pieces = []
        self.cheques = []
        self.reason = reason
    }

    /// Counted piece by piece. Throws `denominationUnknown` for what is no coin or note of the euro, or is there twice or less than no
    /// times; `countUneven` when the pieces or the cheques are not the amounts typed beside them.
    public init(
        cash: Cents?,
        pieces: [Piece],
        card: Cents,
        cheque: Cents?,
        cheques: [Cents],
        reason: DifferenceReason?
    ) throws(Refusal) {
        var seen: Set<Int> = []
        var total: Int64 = 0
        for piece in pieces {
            guard DrawerCount.denominations.contains(piece.cents),
                (0...100_000).contains(piece.count), seen.insert(piece.cents).inserted
            else {
                throw Refusal(
                    .denominationUnknown,
                    ["text": .text("\(piece.cents) × \(piece.count)")]
                )
            }
            total += Int64(piece.cents) * Int64(piece.count)
        }
        let counted = try pieces.isEmpty ? cash ?? .zero : Cents(total)
        guard cheques.count <= 1000, !cheques.contains(.zero) else {
            throw Refusal(
                .amountOutOfRange,
                [
                    "least": .cents(Cents(unchecked: 1)),
                    "most": .cents(Cents(unchecked: 1_000_000_00)),
                ]
            )
        }
        let inCheques = cheques.isEmpty ? cheque ?? .zero : cheques.sum()
        for (typed, pieces) in [(cash, counted), (cheque, inCheques)] {
            if let typed, typed != pieces {
                throw Refusal(
                    .countUneven,
                    ["counted": .cents(pieces), "typed": .cents(typed)]
                )
            }
        }
        self.cash = counted
        self.card = card
        self.cheque = inCheques
        self.pieces = pieces.filter { $0.count > 0 }.sorted { $0.cents > $1.cents }
        self.cheques = cheques
        self.reason = reason
    }
}
