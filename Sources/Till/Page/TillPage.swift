import Shop
import Store

/// The sale screen: three zones, filled by the scripts of `Assets/till`.
struct TillPage: Page {
    static let template = "till"

    /// What the scripts say, as JSON: the keys that begin with `till_`.
    let words: String
    /// The till's id, under which the browser keeps an unfinished ticket.
    let tillID: String
    let userID: String
    /// One line of help under each zone.
    let firstDay: Bool
    /// The longest pause between two characters of a scan, in milliseconds.
    let scanGap: Int
    /// Minutes without a key or a tap until the till locks and keeps its ticket.
    let idleMinutes: Int
    /// It shows nothing of the ticket until someone has unlocked it.
    let isLocked: Bool
    let programmes: [Programme]
    let hasProgrammes: Bool
    let refundReasons: [Reason]
    let differenceReasons: [Reason]
    let cashMotives: [Motive]
    /// Coins and notes, the largest first.
    let denominations: [Denomination]
    /// Why an exception may be granted, and from today until when it may last.
    let overrideMotives: [Reason]
    let overrideFrom: String
    let overrideUntil: String

    /// Why something comes back, or why a count differs: a list, for the journal holds no word about a person.
    struct Reason: Sendable {
        let code: String
        let words: String
    }

    /// Why cash moves for no ticket, with the moves that it is a motive for.
    struct Motive: Sendable {
        let code: String
        let words: String
        /// "in out".
        let kinds: String
    }

    struct Denomination: Sendable {
        let cents: Int
        /// "20 €", "0,50 €".
        let words: String
        let label: String
    }

    /// Who may pay for a gift.
    struct Programme: Sendable {
        let code: String
        let name: String
    }

    /// - Parameters:
    ///   - programmes: those that may pay for a gift today.
    ///   - overrides: what whoever grants an exception chooses from.
    ///   - scanGap: as this till's scanner needs it.
    init(
        _ words: Words,
        by staff: Staff,
        at till: TillPlace,
        programmes: [Programme],
        overrides: OverrideChoices,
        isLocked: Bool = false,
        scanGap: Int = ScanGap.usual.milliseconds,
        idleMinutes: Int = 10
    ) throws {
        self.words = try words.json(prefix: "till_")
        tillID = till.id.text
        userID = staff.id.text
        firstDay = staff.firstDay
        self.scanGap = scanGap
        self.idleMinutes = idleMinutes
        self.isLocked = isLocked
        self.programmes = programmes
        hasProgrammes = !programmes.isEmpty
        refundReasons = RefundReason.allCases.map {
            Reason(code: $0.rawValue, words: $0.name(in: words.language))
        }
        differenceReasons = DifferenceReason.allCases.map {
            Reason(code: $0.rawValue, words: $0.name(in: words.language))
        }
        cashMotives = CashMotive.allCases.map { motive in
            Motive(
                code: motive.rawValue,
                words: motive.name(in: words.language),
                kinds: CashMoveKind.allCases.filter { motive.kinds.contains($0) }.map(\.rawValue)
                    .joined(separator: " ")
            )
        }
        denominations = DrawerCount.denominations.map { cents in
            let value =
                cents >= 100
                ? "\(cents / 100)\u{A0}€"
                : Written.cents(Cents(unchecked: Int64(cents)), in: words.language)
            return Denomination(
                cents: cents,
                words: value,
                label: words("till_closing_piece", ["value": value])
            )
        }
        overrideMotives = overrides.motives.map {
            Reason(code: $0.code, words: $0.name(in: words.language))
        }
        overrideFrom = overrides.today.iso
        overrideUntil = overrides.last.iso
    }
}
