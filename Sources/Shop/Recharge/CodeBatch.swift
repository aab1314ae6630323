/// Recharge codes that came in one file.
public enum CodeBatch: NumberedPaper {
    public static let mark = "RC"

    public static func unknown(_ text: String) -> Refusal {
        Refusal(
            .rechargeBatchUnknown,
            ["field": .field(.codeBatch), "text": .text(String(text.prefix(40)))]
        )
    }
}

/// What names a batch of codes: `LIRC26-0001` is the first that Lille took in in 2026.
public typealias CodeBatchCode = PaperCode<CodeBatch>

/// What the delivery slip says of a file of codes.
public struct DeliverySlip: Hashable, Sendable, Codable {
    public let number: String
    public let units: Int
    /// Of all codes together.
    public let value: Cents
    /// First hex digits of the file's SHA-256, in small letters; empty where the slip has none.
    public let fingerprint: String

    public static let unitsMost = 20_000

    /// Throws `quantityOutOfRange`, `rechargeSlipUneven` where the codes cannot all have one face value, `rechargeFingerprint` for a
    /// fingerprint of fewer than eight hex digits.
    public init(
        number: ShortText,
        units: Int,
        value: Cents,
        fingerprint: String = ""
    ) throws(Refusal) {
        guard 1...Self.unitsMost ~= units else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.codeUnits), "least": .number(1),
                    "most": .number(Int64(Self.unitsMost)),
                ]
            )
        }
        guard value > .zero, value.count % Int64(units) == 0 else {
            throw Refusal(
                .rechargeSlipUneven,
                [
                    "field": .field(.codeValue), "units": .number(Int64(units)),
                    "value": .cents(value),
                ]
            )
        }
        let digits = fingerprint.lowercased().filter { !$0.isWhitespace }
        guard digits.isEmpty || (8...64 ~= digits.count && digits.allSatisfy(\.isHexDigit)) else {
            throw Refusal(.rechargeFingerprint, ["field": .field(.fingerprint)])
        }
        self.number = number.text
        self.units = units
        self.value = value
        self.fingerprint = digits
    }

    /// Of each code.
    public var faceValue: Cents { Cents(unchecked: value.count / Int64(units)) }

    /// Throws `rechargeSlipDiffers`: the file is not what the slip declares.
    /// - Parameter hash: of the file, in small hex digits.
    public func check(_ file: CodeFile, hash: String) throws(Refusal) {
        func differs(_ field: FieldName, _ declared: Refusal.Fact, _ found: Refusal.Fact) -> Refusal
        {
            Refusal(
                .rechargeSlipDiffers,
                ["field": .field(field), "declared": declared, "found": found]
            )
        }
        guard hash.hasPrefix(fingerprint) else {
            throw differs(
                .fingerprint,
                .text(fingerprint),
                .text(String(hash.prefix(fingerprint.count)))
            )
        }
        guard file.lines.count == units else {
            throw differs(
                .codeUnits,
                .number(Int64(units)),
                .number(Int64(file.lines.count))
            )
        }
        if let odd = file.lines.first(where: { $0.value.map { $0 != faceValue } ?? false }) {
            throw differs(.codeValue, .cents(faceValue), .cents(odd.value ?? .zero))
        }
        if let checked = file.checkedValue, checked != value {
            throw differs(.codeValue, .cents(value), .cents(checked))
        }
    }
}

/// How far a batch of codes has come. Raw values are sent.
public enum CodeBatchStage: String, CaseIterable, Sendable, Codable {
    /// Taken in: a second person is to approve it.
    case waiting
    case approved
    case rejected

    public func name(in language: Language) -> String {
        switch self {
        case .waiting: language.choose("À approuver", "To approve")
        case .approved: language.choose("En vente", "On sale")
        case .rejected: language.choose("Rejeté", "Rejected")
        }
    }
}

extension FieldName {
    public static let codeBatch = FieldName("batch", "Lot de codes", "Batch of codes")
    public static let codeFormat = FieldName("format", "Format du fichier", "File format")
    public static let codeFile = FieldName("file", "Fichier", "File")
    public static let deliverySlip = FieldName("slip", "Numéro du bordereau", "Slip number")
    public static let codeUnits = FieldName("units", "Nombre de codes", "Number of codes")
    public static let codeValue = FieldName("value", "Valeur faciale totale", "Total face value")
    public static let fingerprint = FieldName(
        "fingerprint",
        "Empreinte du fichier",
        "Fingerprint of the file"
    )
    public static let delivery = FieldName(
        "delivery",
        "Forme de la recharge",
        "Form of the recharge"
    )
    public static let ticketLine = FieldName("line", "Ligne du ticket", "Line of the ticket")
    public static let proof = FieldName(
        "proof",
        "Réponse de l’opérateur",
        "Operator’s answer"
    )
}
