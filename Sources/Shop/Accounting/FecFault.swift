/// What is wrong in a FEC: what, on which line, in which field, and what stands there.
public struct FecFault: Hashable, Sendable {
    public let code: Code
    /// Counted from 1, the line of names included; nil where the whole file or its name is meant.
    public let line: Int?
    /// Nil where no single field is meant.
    public let column: FecColumn?
    /// The first 60 characters, with U+FFFD for what would not show or would turn the text.
    public let value: String

    public static let valueMost = 60

    init(_ code: Code, line: Int? = nil, _ column: FecColumn? = nil, value: String) {
        self.code = code
        self.line = line
        self.column = column
        var scalars = String.UnicodeScalarView()
        for scalar in value.unicodeScalars.prefix(Self.valueMost) {
            scalars.append(Self.misleads(scalar) ? "\u{FFFD}" : scalar)
        }
        self.value = String(scalars)
    }

    /// Raw values are sent: never rename or reuse one. Most of those of the file and of a line are checks of the tax office's
    /// tester (Test-Compta-Demat, `trt_txt.pl`), made stricter where the article is; `validatedBeforeEntry` and those of the
    /// entries it does not make.
    public enum Code: String, Error, CaseIterable, Hashable, Sendable {
        // The file
        case fileNameWrong = "file_name_wrong"
        case fileEmpty = "file_empty"
        case headerWrong = "header_wrong"
        case columnMisspelt = "column_misspelt"

        // A line
        case lineEmpty = "line_empty"
        case fieldCountWrong = "field_count_wrong"
        case fieldEmpty = "field_empty"
        case accountUnreadable = "account_unreadable"
        case amountWithThousands = "amount_with_thousands"
        case amountWithPoint = "amount_with_point"
        case amountNotNumeric = "amount_not_numeric"
        case amountTooLarge = "amount_too_large"
        case amountBelowCent = "amount_below_cent"
        case amountNegative = "amount_negative"
        case dateUnreadable = "date_unreadable"
        case dateNotInCalendar = "date_not_in_calendar"
        case dateOutsidePeriod = "date_outside_period"
        case debitAndCredit = "debit_and_credit"
        case neitherDebitNorCredit = "neither_debit_nor_credit"
        case validatedBeforeEntry = "validated_before_entry"

        // The entries
        case numberUnreadable = "number_unreadable"
        case numbersMissing = "numbers_missing"
        case numberOutOfOrder = "number_out_of_order"
        case entryUnbalanced = "entry_unbalanced"
        case totalsDiffer = "totals_differ"
    }

    /// A value is shown on a page or a terminal: nothing in it may act there.
    private static func misleads(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// The faults of a file: the first are kept, all are counted.
struct FecFaults {
    private(set) var first: [FecFault] = []
    private(set) var counts: [FecFault.Code: Int] = [:]

    /// How many are kept: nobody reads more, and a file of another kind has one for each field.
    static let most = 200

    /// Then a fault is counted, and what stands there need not be read.
    var isFull: Bool { first.count >= Self.most }

    mutating func add(
        _ code: FecFault.Code,
        line: Int? = nil,
        _ column: FecColumn? = nil,
        value: String = ""
    ) {
        counts[code, default: 0] += 1
        guard !isFull else { return }
        first.append(FecFault(code, line: line, column, value: value))
    }
}
