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

extension Grade {
    /// What the machine itself suggests; whoever has it in hand decides. Points for memory and storage as Emmaüs
    /// Connect's sheet of September 2023 gives them, the processor taken for a middling one since no file tells its
    /// mark. Nil where memory or storage is unknown.
    /// - Parameter storageGB: of all disks together.
    public static func suggested(memoryMB: Int?, storageGB: Int) -> Grade? {
        guard let memoryMB, storageGB > 0 else { return nil }
        let memory =
            switch memoryMB {
            case ..<4096: -8
            case ..<5120: 1
            case ..<8192: 2
            case ..<16_384: 3
            default: 4
            }
        let storage =
            switch storageGB {
            case ..<64: -8
            case ..<128: 1
            case ..<200: 2
            case ..<500: 3
            default: 4
            }
        switch memory + storage + 2 {
        case ..<4: return .hc
        case ..<6: return .c
        case ..<8: return .b
        case ..<11: return .a
        default: return .premium
        }
    }
}
