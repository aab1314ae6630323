/// The roll in a till's receipt printer, and whether the printer cuts it.
public struct ThermalPaper: Hashable, Sendable {
    public let columns: Columns
    /// A printer without a cutter has the paper torn off at its edge.
    public let isCut: Bool

    /// How many characters of font A stand on a line. The printer's self-test says which.
    public enum Columns: Int, CaseIterable, Sendable {
        /// 80 mm paper.
        case fortyEight = 48
        /// 80 mm paper in printers that keep to the width of the older ones.
        case fortyTwo = 42
        /// 58 mm paper.
        case thirtyTwo = 32
    }

    public init(columns: Columns, isCut: Bool) {
        self.columns = columns
        self.isCut = isCut
    }

    /// How many surely fit side by side: a character of font A is 12 dots wide.
    var dots: Int { columns.rawValue * 12 }
}
