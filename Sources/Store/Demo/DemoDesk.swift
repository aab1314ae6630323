import Shop

/// A day at the help desk: four who came before or are expected, some whom nobody named, and a voucher that opens it.
struct DemoDesk: Sendable {
    private let store: Store
    private let keys: DemoKeys
    private let history: DemoHistory
    private let played: DemoHistory.Played

    init(_ store: Store, _ keys: DemoKeys, _ history: DemoHistory, _ played: DemoHistory.Played) {
        self.store = store
        self.keys = keys
        self.history = history
        self.played = played
    }

    /// Everything happens by ten o’clock that day, or is still to come then.
    func play(on day: Day) async throws {
        let seller = try await store.staff(login: "vente", till: "LI1")
        var people: [ID<Person>] = []
        for (number, somebody) in Invented.received.enumerated() {
            people.append(
                try await history.at(day.adding(days: -9)).createPerson(
                    somebody.person(400 + number, from: played.structures[number]),
                    isSomebodyElse: true,
                    key: keys["received \(number)"],
                    by: seller
                ).id
            )
        }
        try await openDesk(to: people[0], on: day.adding(days: -7), seller)
        try await book(people, on: day, seller)
        try await receive(people, on: day, seller)
    }

    private func openDesk(to person: ID<Person>, on day: Day, _ seller: Staff) async throws {
        _ = try await history.at(day).recordVoucher(
            NewVoucher(
                structure: played.structures[0],
                prescriber: .known(played.prescribers[0]),
                persons: [.known(person)],
                householdSize: 1,
                services: [.helpDesk],
                signedOn: day,
                originalKept: true,
                signatureSeen: true
            ),
            key: keys["voucher of the desk"],
            by: seller
        )
    }

    private func book(_ people: [ID<Person>], on day: Day, _ seller: Staff) async throws {
        let booked: [(who: Int, days: Int, at: String, minutes: Int, kind: AppointmentKind)] = [
            (0, 0, "10:30", 45, .visit), (1, 0, "11:30", 30, .diagnostic),
            (2, 0, "14:00", 45, .visit), (3, 0, "15:00", 30, .sale), (1, 1, "10:00", 60, .visit),
        ]
        for (number, one) in booked.enumerated() {
            _ = try await history.at(day).bookAppointment(
                NewAppointment(
                    shop: played.shop,
                    person: people[one.who],
                    kind: one.kind,
                    time: AppointmentTime(
                        plannedOn: day.adding(days: one.days),
                        startsAt: TimeOfDay(typed: one.at),
                        minutes: one.minutes
                    ),
                    receiver: one.kind == .diagnostic ? "vente" : nil
                ),
                key: keys["appointment \(number)"],
                by: seller
            )
        }
    }

    private func receive(_ people: [ID<Person>], on day: Day, _ seller: Staff) async throws {
        let received: [(who: Int?, days: Int, kind: VisitKind, minutes: Int, themes: [String])] = [
            (0, 7, .diagnostic, 40, ["diagnostic_numerique"]),
            (2, 6, .visit, 55, ["prendre_en_main_du_materiel", "email"]),
            (nil, 1, .visit, 15, ["aide_aux_demarches_administratives"]),
            (0, 0, .visit, 35, ["email", "securite_numerique"]),
            (nil, 0, .visit, 10, ["navigation_sur_internet"]),
        ]
        for (number, one) in received.enumerated() {
            let then = history.at(day.adding(days: -one.days))
            _ = try await then.recordVisit(
                NewVisit(
                    shop: played.shop,
                    facts: VisitFacts(
                        kind: one.kind,
                        heldOn: then.today,
                        today: then.today,
                        minutes: one.minutes,
                        themes: one.themes,
                        autonomy: one.who == nil ? nil : .partly,
                        redirection: one.kind == .diagnostic ? "parcours" : nil
                    ),
                    person: one.who.map { people[$0] }
                ),
                key: keys["visit \(number)"],
                by: seller
            )
        }
    }
}
