/// Somebody is expected: the key.
public enum Appointment {}

/// What somebody is expected for. Raw values are stored.
public enum AppointmentKind: String, CaseIterable, Sendable, Codable {
    case visit, diagnostic, sale

    public func name(in language: Language) -> String {
        switch self {
        case .visit: VisitKind.visit.name(in: language)
        case .diagnostic: VisitKind.diagnostic.name(in: language)
        case .sale: language.choose("Vente", "Sale")
        }
    }

    /// The visit that comes of it; nil for a sale, whose ticket is the till's.
    public var visit: VisitKind? {
        switch self {
        case .visit: .visit
        case .diagnostic: .diagnostic
        case .sale: nil
        }
    }
}

/// How an appointment stands. Raw values are stored, but `open`.
public enum AppointmentState: String, CaseIterable, Sendable, Codable {
    case open, came, missed, cancelled

    public func name(in language: Language) -> String {
        switch self {
        case .open: language.choose("attendu", "expected")
        case .came: language.choose("venu", "came")
        case .missed: language.choose("absent", "did not come")
        case .cancelled: language.choose("annulé", "cancelled")
        }
    }

    var fact: Refusal.Fact {
        .explained(french: name(in: .french), english: name(in: .english))
    }
}

/// Why an appointment is cancelled. A list: nobody writes a word about a person. Raw values are stored.
public enum CancellationMotive: String, CaseIterable, Sendable, Codable {
    case person, shop, slip

    public func name(in language: Language) -> String {
        switch self {
        case .person: language.choose("La personne ne peut pas venir", "The person cannot come")
        case .shop: language.choose("L’espace ne peut pas recevoir", "The shop cannot receive")
        case .slip: language.choose("Saisi par erreur", "Booked by mistake")
        }
    }
}

/// When somebody is expected, by the clock of Paris, within one day.
public struct AppointmentTime: Hashable, Sendable, Codable {
    public let plannedOn: Day
    public let startsAt: TimeOfDay
    /// 1 to 480, and not past midnight.
    public let minutes: Int

    public static let minutesMost = 480

    /// Throws `quantityOutOfRange`.
    public init(plannedOn: Day, startsAt: TimeOfDay, minutes: Int) throws(Refusal) {
        let most = min(Self.minutesMost, 1440 - startsAt.minutes)
        guard (1...most).contains(minutes) else {
            throw Refusal(
                .quantityOutOfRange,
                [
                    "field": .field(.minutes), "least": .number(1), "most": .number(Int64(most)),
                ]
            )
        }
        self.plannedOn = plannedOn
        self.startsAt = startsAt
        self.minutes = minutes
    }

    /// The first minute that is free again: 1440 is midnight.
    public var end: Int { startsAt.minutes + minutes }

    /// Whether both take one minute of one day: what ends at ten leaves ten o’clock free.
    public func overlaps(_ other: AppointmentTime) -> Bool {
        plannedOn == other.plannedOn && startsAt.minutes < other.end && other.startsAt.minutes < end
    }

    /// Throws `appointmentPast` when it would be over already: an appointment of right now may still be written down.
    public func checkAhead(of now: Instant) throws(Refusal) {
        let clock = try TimeOfDay(typed: now.clock)
        guard plannedOn > now.day || (plannedOn == now.day && end > clock.minutes) else {
            throw Refusal(
                .appointmentPast,
                facts.merging(["now": .day(now.day), "clock": .text(now.clock)]) { $1 }
            )
            .about(.appointmentOn)
        }
    }

    /// Day and hour, for the words that name it.
    public var facts: [String: Refusal.Fact] {
        ["day": .day(plannedOn), "at": .text(startsAt.clock)]
    }
}

extension Refusal {
    /// The person is expected at that time already. It says when, where and by which operator, and never who.
    public static func expectedAlready(
        _ time: AppointmentTime,
        in shop: String,
        with receiver: String?
    ) -> Refusal {
        Refusal(.appointmentClash, time.facts.merging(told(shop, receiver)) { $1 })
            .about(.appointmentAt)
    }

    /// Whoever is to receive does so at that time already.
    public static func receivesAlready(
        _ time: AppointmentTime,
        in shop: String,
        _ receiver: String
    ) -> Refusal {
        Refusal(.receiverBusy, time.facts.merging(told(shop, receiver)) { $1 })
            .about(.receiver)
    }

    /// It came to its end before.
    public static func ended(_ state: AppointmentState, on day: Day) -> Refusal {
        Refusal(.appointmentEnded, ["how": state.fact, "on": .day(day)])
    }

    private static func told(_ shop: String, _ receiver: String?) -> [String: Fact] {
        [
            "shop": .text(shop),
            "by": receiver.map { .text($0) }
                ?? .explained(french: "l’équipe", english: "the team"),
        ]
    }
}
