/// What a grading says of a machine: a grade, or that nobody should be asked money for it. Raw values are stored: never
/// rename or reuse one.
public enum Verdict: String, CaseIterable, Sendable, Codable {
    case premium
    case a
    case b
    case c
    case hc
    case unsellable

    public init(_ grade: Grade) {
        self =
            switch grade {
            case .premium: .premium
            case .a: .a
            case .b: .b
            case .c: .c
            case .hc: .hc
            }
    }

    /// Nil: it does not go on the shelf.
    public var grade: Grade? {
        switch self {
        case .premium: .premium
        case .a: .a
        case .b: .b
        case .c: .c
        case .hc: .hc
        case .unsellable: nil
        }
    }

    public func name(in language: Language) -> String {
        grade?.name(in: language) ?? language.choose("Invendable", "Not to be sold")
    }

    /// The lower of the two.
    func atMost(_ best: Verdict) -> Verdict { rank >= best.rank ? self : best }

    /// From the best on.
    private var rank: Int {
        switch self {
        case .premium: 0
        case .a: 1
        case .b: 2
        case .c: 3
        case .hc: 4
        case .unsellable: 5
        }
    }
}
