/// A machine that its owner brings back because something is wrong with it.
public enum AfterSalesCase {}

/// What is printed on the slip of a case: `LIAV26-0001` is the first that Lille opened in 2026.
public struct AfterSalesCode: Hashable, Sendable, CustomStringConvertible {
    public static let mark = "AV"

    public let description: String

    /// In any case, with spaces around it. Throws `afterSalesUnknown`.
    public static func typed(_ text: String) throws(Refusal) -> AfterSalesCode {
        let code = trimmed(text).uppercased()
        guard code.wholeMatch(of: /[A-Z]{2}AV[0-9]{2}-[0-9]{4,5}/) != nil else {
            throw .unknownCase(text)
        }
        return AfterSalesCode(description: code)
    }
}

extension Refusal {
    public static func unknownCase(_ text: String) -> Refusal {
        Refusal(.afterSalesUnknown, ["text": .text(String(text.prefix(40)))])
    }
}

/// How far a case is: its end, else what was done last. Raw values are stored: never rename or reuse one.
public enum AfterSalesStage: String, CaseIterable, Sendable, Codable {
    /// Nobody has brought the machine yet.
    case announced
    case received
    case diagnosed
    case repaired
    case refused
    case handedBack = "handed_back"
    /// Without the machine ever having been here.
    case closed
    case exchanged
    case refunded

    /// Whether something is still to be done.
    public var isOpen: Bool {
        switch self {
        case .announced, .received, .diagnosed, .repaired, .refused: true
        case .handedBack, .closed, .exchanged, .refunded: false
        }
    }

    public func name(in language: Language) -> String {
        switch self {
        case .announced: language.choose("Annoncé", "Announced")
        case .received: language.choose("Reçu", "Received")
        case .diagnosed: language.choose("Diagnostiqué", "Diagnosed")
        case .repaired: language.choose("Réparé", "Repaired")
        case .refused: language.choose("Non pris en charge", "Not covered")
        case .handedBack: language.choose("Rendu", "Handed back")
        case .closed: language.choose("Clos", "Closed")
        case .exchanged: language.choose("Échangé", "Exchanged")
        case .refunded: language.choose("Remboursé", "Refunded")
        }
    }
}

/// What can be done with a case.
public enum AfterSalesAct: String, CaseIterable, Sendable, Codable {
    case receive, diagnose, repair, exchange, refund, refuse
    case handBack = "hand_back"
    case close

    public func name(in language: Language) -> String {
        switch self {
        case .receive: language.choose("Réceptionner", "Take it in")
        case .diagnose: language.choose("Diagnostiquer", "Diagnose")
        case .repair: language.choose("Réparer", "Repair")
        case .exchange: language.choose("Échanger", "Exchange")
        case .refund: language.choose("Rembourser", "Refund")
        case .refuse: language.choose("Refuser la prise en charge", "Refuse")
        case .handBack: language.choose("Rendre l’appareil", "Hand it back")
        case .close: language.choose("Clore", "Close")
        }
    }
}

/// Whether the shop answers for what is wrong, and until when.
public struct Coverage: Hashable, Sendable, Codable {
    /// Nil before a diagnosis.
    public let outcome: DiagnosisOutcome?
    public let openedOn: Day
    /// As the ticket says, made longer by repairs. The day itself is covered.
    public let guaranteeEndsOn: Day
    /// Until then nobody has to prove that the defect was there; nil for a gift, which the shop guarantees by itself.
    public let presumptionEndsOn: Day?

    public init(
        outcome: DiagnosisOutcome?,
        openedOn: Day,
        guaranteeEndsOn: Day,
        presumptionEndsOn: Day?
    ) {
        self.outcome = outcome
        self.openedOn = openedOn
        self.guaranteeEndsOn = guaranteeEndsOn
        self.presumptionEndsOn = presumptionEndsOn
    }

    public var isInTime: Bool { openedOn <= guaranteeEndsOn }

    /// What was wrong when the case was opened was there at the sale, unless the shop proves otherwise.
    public var isPresumed: Bool { presumptionEndsOn.map { openedOn <= $0 } ?? false }

    public var isCovered: Bool { outcome == .covered && isInTime }
}

/// What can be done next, the first of them proposed. Nothing once the case ended.
public func afterSalesActs(
    at stage: AfterSalesStage,
    isHere: Bool,
    _ coverage: Coverage
) -> [AfterSalesAct] {
    guard stage.isOpen else { return [] }
    guard isHere else {
        return coverage.outcome == .selfHelp
            ? [.close, .receive, .diagnose] : [.receive, .diagnose, .close]
    }
    switch stage {
    case .repaired: return [.handBack, .diagnose]
    case .refused: return [.handBack, .diagnose, .repair]
    case .announced, .received, .diagnosed, .handedBack, .closed, .exchanged, .refunded:
        guard let outcome = coverage.outcome else { return [.diagnose, .handBack] }
        if coverage.isCovered { return [.repair, .exchange, .refund, .diagnose, .handBack] }
        return outcome == .selfHelp
            ? [.handBack, .diagnose] : [.refuse, .repair, .diagnose, .handBack]
    }
}
