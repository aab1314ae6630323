/// How an operator writes its files of codes, declared before the first of them comes.
public struct CodeFormat: Hashable, Sendable, Codable {
    public let code: String
    public let name: String
    public let encoding: DelimitedText.Encoding
    public let delimiter: DelimitedText.Delimiter
    /// Lines before the first code; the last of them names the columns.
    public let headingLines: Int
    /// How many characters every code has: a spreadsheet drops leading zeros.
    public let codeLength: Int
    /// A column is its number from 1, or its name in the last heading line.
    public let codeColumn: String
    /// Empty where the file has no such column, in this and those that follow.
    public let serialColumn: String
    public let valueColumn: String
    public let expiryColumn: String
    /// Of the last line, which then holds no code but how many there are, and their face value together.
    public let checkUnitsColumn: String
    public let checkValueColumn: String

    public static let headingMost = 20

    enum CodingKeys: String, CodingKey {
        case code, name, encoding, delimiter
        case headingLines = "heading_lines"
        case codeLength = "code_length"
        case codeColumn = "code_column"
        case serialColumn = "serial_column"
        case valueColumn = "value_column"
        case expiryColumn = "expiry_column"
        case checkUnitsColumn = "check_units_column"
        case checkValueColumn = "check_value_column"
    }

    /// Throws `quantityOutOfRange`, `fieldMissing`, `fieldTooLong`, and `columnUnknown` for a column's name where no line names
    /// the columns.
    public init(
        code: ShortCode,
        name: ShortText,
        encoding: DelimitedText.Encoding = .utf8,
        delimiter: DelimitedText.Delimiter = .semicolon,
        headingLines: Int = 1,
        codeLength: Int,
        codeColumn: String,
        serialColumn: String = "",
        valueColumn: String = "",
        expiryColumn: String = "",
        checkUnitsColumn: String = "",
        checkValueColumn: String = ""
    ) throws(Refusal) {
        guard 0...Self.headingMost ~= headingLines else {
            throw .outOfRange(.headingLines, 0, Self.headingMost)
        }
        guard CodeText.lengths.contains(codeLength) else {
            throw .outOfRange(
                .codeLength,
                CodeText.lengths.lowerBound,
                CodeText.lengths.upperBound
            )
        }
        self.code = code.text
        self.name = name.text
        self.encoding = encoding
        self.delimiter = delimiter
        self.headingLines = headingLines
        self.codeLength = codeLength
        self.codeColumn = try ShortText(typed: codeColumn, field: .codeColumn, most: 100).text
        func optional(_ text: String, _ field: FieldName) throws(Refusal) -> String {
            try ShortText.optional(typed: text, field: field, most: 100)
        }
        self.serialColumn = try optional(serialColumn, .serialColumn)
        self.valueColumn = try optional(valueColumn, .valueColumn)
        self.expiryColumn = try optional(expiryColumn, .expiryColumn)
        self.checkUnitsColumn = try optional(checkUnitsColumn, .checkUnitsColumn)
        self.checkValueColumn = try optional(checkValueColumn, .checkValueColumn)
        for column in columns where headingLines == 0 && Int(column) == nil {
            throw Refusal(
                .rechargeColumnUnknown,
                ["field": .field(.codeColumn), "text": .text(column)]
            )
        }
    }

    /// Whether the last line is no code's.
    public var hasCheckLine: Bool { !checkUnitsColumn.isEmpty || !checkValueColumn.isEmpty }

    private var columns: [String] {
        [
            codeColumn, serialColumn, valueColumn, expiryColumn, checkUnitsColumn,
            checkValueColumn,
        ].filter { !$0.isEmpty }
    }
}

extension Refusal {
    fileprivate static func outOfRange(_ field: FieldName, _ least: Int, _ most: Int) -> Refusal {
        Refusal(
            .quantityOutOfRange,
            [
                "field": .field(field), "least": .number(Int64(least)),
                "most": .number(Int64(most)),
            ]
        )
    }
}

extension FieldName {
    public static let encoding = FieldName("encoding", "Encodage", "Encoding")
    public static let delimiter = FieldName("delimiter", "Séparateur", "Delimiter")
    public static let headingLines = FieldName(
        "heading_lines",
        "Lignes d’en-tête",
        "Heading lines"
    )
    public static let codeLength = FieldName(
        "code_length",
        "Longueur d’un code",
        "Length of a code"
    )
    public static let codeColumn = FieldName("code_column", "Colonne du code", "Code’s column")
    public static let serialColumn = FieldName(
        "serial_column",
        "Colonne du numéro de série",
        "Serial’s column"
    )
    public static let valueColumn = FieldName(
        "value_column",
        "Colonne de la valeur",
        "Value’s column"
    )
    public static let expiryColumn = FieldName(
        "expiry_column",
        "Colonne de la date limite",
        "Expiry’s column"
    )
    public static let checkUnitsColumn = FieldName(
        "check_units_column",
        "Ligne de contrôle\u{A0}: colonne du nombre",
        "Check line: column of the count"
    )
    public static let checkValueColumn = FieldName(
        "check_value_column",
        "Ligne de contrôle\u{A0}: colonne du total",
        "Check line: column of the total"
    )
}
