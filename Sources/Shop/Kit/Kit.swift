/// What goes with a machine of a kind: a laptop with its charger.
public enum Kit {
    /// So many that somebody can look at each; more is a list of something else.
    public static let partsMost = 20
}

/// Where a part of a kit was found. Raw values are stored and sent: never rename or reuse one.
public enum KitFinding: String, CaseIterable, Sendable, Codable {
    /// With the machine; put with it out of the stock; nowhere.
    case present, stock, missing

    public init(typed text: String) throws(Refusal) {
        guard let finding = KitFinding(rawValue: text) else {
            throw Refusal(
                .choiceUnknown,
                [
                    "field": .field(.kitPart), "text": .text(String(text.prefix(40))),
                    "choices": .text(Self.allCases.map(\.rawValue).joined(separator: ", ")),
                ]
            )
        }
        self = finding
    }

    public var isThere: Bool { self != .missing }
}

extension FieldName {
    public static let kitPart = FieldName("kit_part", "Ce qui va avec", "What goes with it")
}
