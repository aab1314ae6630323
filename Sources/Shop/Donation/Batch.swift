/// A lot of machines, from the promise on.
public enum Batch {}

/// One time that some of a lot came.
public enum Delivery {}

/// How the shop gets a lot. Raw values are stored: never rename or reuse one.
public enum Acquisition: String, CaseIterable, Sendable, Codable {
    case gift, purchase

    public func name(in language: Language) -> String {
        switch self {
        case .gift: language.choose("Don", "Gift")
        case .purchase: language.choose("Achat", "Purchase")
        }
    }
}

/// How a bought lot was paid. Raw values are stored.
public enum AcquisitionPayment: String, CaseIterable, Sendable, Codable {
    case transfer, cheque, card, cash

    public func name(in language: Language) -> String {
        switch self {
        case .transfer: language.choose("Virement", "Transfer")
        case .cheque: language.choose("Chèque", "Cheque")
        case .card: language.choose("Carte", "Card")
        case .cash: language.choose("Espèces", "Cash")
        }
    }
}

/// What is printed on a lot's papers: `LILO26-0001` is the first that Lille was promised in 2026.
public typealias BatchCode = PaperCode<Batch>

extension Batch: NumberedPaper {
    public static let mark = "LO"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(
            .batchUnknown,
            ["field": .field(.batch), "text": .text(String(text.prefix(40)))]
        )
    }
}

extension Refusal {
    public static func unknownBatch(_ text: String) -> Refusal { Batch.unknown(text) }
}

/// So many machines of each kind, those alone of which there are any.
public struct KindCounts: Hashable, Sendable, Codable {
    public let units: [DeviceKind: Int]

    public static let most = 100_000

    /// Throws `quantityOutOfRange` for a number that is none, or not below `most`.
    public init(typed: [DeviceKind: String]) throws(Refusal) {
        var units: [DeviceKind: Int] = [:]
        for (kind, text) in typed where text.contains(where: { !$0.isWhitespace }) {
            units[kind] = try number(typed: text, field: .units(of: kind), in: 0...Self.most)
        }
        self.units = units.filter { $0.value > 0 }
    }

    public init(_ units: [DeviceKind: Int]) {
        self.units = units.filter { $0.value > 0 }
    }

    /// `laptop=12`, each a kind once. Throws `choiceUnknown` or `quantityOutOfRange`.
    public init(typed pairs: [String]) throws(Refusal) {
        var typed: [DeviceKind: String] = [:]
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            let kind = try DeviceKind(typed: parts.first ?? "", field: .deviceKind)
            typed[kind] = parts.count > 1 ? parts[1] : "-"
        }
        try self.init(typed: typed)
    }

    public subscript(kind: DeviceKind) -> Int { units[kind] ?? 0 }
    public var total: Int { units.values.reduce(0, +) }

    /// In the order of the kinds.
    public var listed: [(kind: DeviceKind, units: Int)] {
        DeviceKind.allCases.compactMap { kind in units[kind].map { (kind, $0) } }
    }

    /// « 12 ordinateurs portables, 3 écrans ».
    public func words(in language: Language) -> String {
        listed.map { "\($0.units)\u{A0}\($0.kind.counted($0.units, in: language))" }
            .joined(separator: ", ")
    }

    public init(from decoder: any Decoder) throws {
        let named = try [String: Int](from: decoder)
        self.init(
            Dictionary(
                named.compactMap { name, count in DeviceKind(rawValue: name).map { ($0, count) } },
                uniquingKeysWith: +
            )
        )
    }

    public func encode(to encoder: any Encoder) throws {
        try Dictionary(uniqueKeysWithValues: units.map { ($0.key.rawValue, $0.value) })
            .encode(to: encoder)
    }
}

/// A weight, in whole grams.
public struct Grams: Hashable, Sendable, Comparable, Codable {
    public let count: Int64

    /// A hundred tonnes.
    public static let most: Int64 = 100_000_000

    public init(count: Int64) {
        self.count = count
    }

    public static func < (left: Grams, right: Grams) -> Bool { left.count < right.count }

    /// Kilograms as people write them: `12`, `12,5`, `0.250`; nil when nothing was typed. Throws `weightUnreadable`.
    public static func optional(typedKilograms text: String?) throws(Refusal) -> Grams? {
        let text = (text ?? "").filter { !$0.isWhitespace }
        guard !text.isEmpty else { return nil }
        guard let match = text.wholeMatch(of: /([0-9]{1,6})([.,]([0-9]{1,3}))?/),
            let whole = Int64(match.1)
        else { throw Refusal(.weightUnreadable, ["field": .field(.weight)]) }
        let part = match.3.map(String.init) ?? ""
        let thousandths =
            Int64(part + String(repeating: "0", count: 3 - part.count)) ?? 0
        let grams = whole * 1000 + thousandths
        guard 1...most ~= grams else {
            throw Refusal(.weightUnreadable, ["field": .field(.weight)])
        }
        return Grams(count: grams)
    }

    /// A number of grams that a program sends. Throws `weightUnreadable`.
    public static func optional(count: Int64?) throws(Refusal) -> Grams? {
        guard let count else { return nil }
        guard 1...most ~= count else {
            throw Refusal(.weightUnreadable, ["field": .field(.weight)])
        }
        return Grams(count: count)
    }

    /// « 12,5 kg ».
    public func written(in language: Language) -> String {
        var part = String(count % 1000)
        part = String(repeating: "0", count: 3 - part.count) + part
        while part.hasSuffix("0") { part.removeLast() }
        let decimals = part.isEmpty ? "" : language.choose(",", ".") + part
        return "\(count / 1000)\(decimals)\u{A0}kg"
    }

    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }
}

extension FieldName {
    public static let batch = FieldName("batch", "Lot", "Lot")
    public static let acquisition = FieldName("acquisition", "Acquisition", "Acquisition")
    public static let agreement = FieldName("agreement", "Convention", "Agreement")
    public static let promisedOn = FieldName("promised_on", "Promis le", "Promised on")
    public static let receivedOn = FieldName("received_on", "Reçu le", "Received on")
    public static let weight = FieldName("weight", "Poids en kg", "Weight in kg")
    public static let declaredValue = FieldName(
        "declared_value",
        "Valeur déclarée par le donateur",
        "Value declared by the donor"
    )
    public static let payment = FieldName("payment", "Payé par", "Paid by")
    public static let ordinal = FieldName("ordinal", "Numéro d’ordre", "Ordinal number")
    public static let correction = FieldName("correction", "Rectification", "Correction")

    /// How many machines of a kind.
    public static func units(of kind: DeviceKind) -> FieldName {
        FieldName("units_\(kind.rawValue)", kind.name(in: .french), kind.name(in: .english))
    }
}
