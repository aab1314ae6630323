import Postgres
import Shop
import Store
import TestSupport
import Testing

@Suite("Appointments at the help desk")
struct AppointmentTests {
    private static let tomorrow = Counter.today.adding(days: 1)

    @Test("bring a visit on their day, which uses the right; the appointment is closed by it")
    func came() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            _ = try await counter.helpDeskVoucher(for: [amina], uses: 1)
            let booked = try await counter.book(amina, at: "10:00")
            let tooEarly = try await refused { try await counter.visit(nil, appointment: booked) }
            #expect(tooEarly?.reason == .appointmentNotYet)

            let then = counter.at(Self.tomorrow)
            let visit = try await then.visit(nil, on: Self.tomorrow, appointment: booked)
            #expect(visit.right?.left == 0)
            let row = try await store.appointment(booked)
            #expect(row.state == .came && row.visit == visit.visit)
            #expect(try await store.visit(visit.visit).appointment == booked)
            let again = try await refused {
                try await then.visit(amina, on: Self.tomorrow, appointment: booked)
            }
            #expect(again?.reason == .appointmentEnded)
        }
    }

    @Test("wait for their end again once the visit that came of them is taken back")
    func comesBack() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let booked = try await counter.book(amina, on: Counter.today, at: "17:00")
            for _ in 0..<3 {
                let visit = try await counter.visit(nil, appointment: booked).visit
                #expect(try await store.appointment(booked).state == .came)
                _ = try await store.takeBackVisit(
                    visit,
                    for: .slip,
                    key: counter.key(),
                    by: counter.seller
                )
                #expect(try await store.appointment(booked).state == .open)
            }
            let refusals = try await race(3) { _ in
                _ = try await store.endAppointment(
                    booked,
                    came: false,
                    key: counter.key(),
                    by: counter.seller
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .appointmentEnded } == 2)
        }
    }

    @Test("never overlap for one person or one who receives; what touches does not overlap")
    func overlap() async throws {
        try await withCounter { counter async throws -> Void in
            try await counter.grantRoles()
            let amina = try await counter.person("Amina", "Benali")
            let bruno = try await counter.person("Bruno", "Costa")
            let first = try await counter.book(amina, at: "10:00", with: "samir")

            func booking(_ person: ID<Person>, _ clock: String, with receiver: String? = nil)
                async throws -> Refusal?
            {
                try await refused { try await counter.book(person, at: clock, with: receiver) }
            }
            let clash = try await booking(amina, "10:29")
            #expect(clash?.reason == .appointmentClash)
            let told = clash?.told(in: .french).why ?? ""
            #expect(told.contains("10:00") && told.contains("SA") && !told.contains("Benali"))
            #expect(try await booking(bruno, "09:31", with: "samir")?.reason == .receiverBusy)
            #expect(try await booking(bruno, "10:00", with: "maud") == nil)
            #expect(try await booking(amina, "10:30", with: "samir") == nil)
            #expect(try await booking(amina, "09:30", with: "samir") == nil)

            _ = try await counter.store.cancelAppointment(
                first,
                for: .person,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await booking(amina, "10:00", with: "samir") == nil)
        }
    }

    @Test("of one person, booked in two shops at once: one passes", arguments: 0..<5)
    func personRace(turn: Int) async throws {
        try await withCounter { counter async throws -> Void in
            let roubaix = try await counter.roubaix()
            let amina = try await counter.person("Amina", "Benali")
            let refusals = try await race(4) { number in
                try await counter.book(
                    amina,
                    at: "10:\(10 + number * 5)",
                    in: number.isMultiple(of: 2) ? counter.shop : roubaix.shop,
                    by: roubaix.seller
                )
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .appointmentClash } == 3)
        }
    }

    @Test("with one who receives, booked for several at once: one passes", arguments: 0..<5)
    func receiverRace(turn: Int) async throws {
        try await withCounter { counter async throws -> Void in
            try await counter.grantRoles()
            var persons: [ID<Person>] = []
            for name in ["Un", "Deux", "Trois", "Quatre"] {
                persons.append(try await counter.person("", name))
            }
            let people = persons
            let refusals = try await race(4) { number in
                try await counter.book(people[number], at: "10:00", with: "maud")
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0?.reason == .receiverBusy } == 3)
        }
    }

    @Test("moved leave their time free, and what was planned stays written")
    func moved() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            let booked = try await counter.book(amina, at: "10:00")
            let other = try await counter.book(amina, at: "11:00")
            func move(_ id: ID<Appointment>, to clock: String, on day: Day = Self.tomorrow)
                async throws -> Reason?
            {
                try await refused {
                    _ = try await store.moveAppointment(
                        id,
                        to: AppointmentTime(
                            plannedOn: day,
                            startsAt: TimeOfDay(typed: clock),
                            minutes: 30
                        ),
                        receiver: nil,
                        key: counter.key(),
                        by: counter.seller
                    )
                }?.reason
            }
            #expect(try await move(booked, to: "10:45") == .appointmentClash)
            #expect(try await move(booked, to: "10:15") == nil)
            #expect(try await move(booked, to: "14:00") == nil)
            #expect(try await move(other, to: "10:00") == nil)
            #expect(try await move(booked, to: "08:00", on: Counter.today) == .appointmentPast)
            #expect(try await store.appointment(booked).moves == 2)
            #expect(
                try await counter.count(
                    "select count(*) from appointment_times where appointment_id = \(booked)"
                ) == 3
            )
            _ = try await store.cancelAppointment(
                booked,
                for: .shop,
                key: counter.key(),
                by: counter.seller
            )
            #expect(try await move(booked, to: "15:00") == .appointmentEnded)
        }
    }

    @Test("of two files that became one count as one person’s")
    func merged() async throws {
        try await withCounter { counter async throws -> Void in
            let kept = try await counter.person("Amina", "Benali")
            let twice = try await counter.person("Aminah", "Benali")
            try await counter.book(twice, at: "10:00")
            _ = try await counter.store.mergePersons(
                twice,
                into: kept,
                key: counter.key(),
                by: counter.manager
            )
            let clash = try await refused { try await counter.book(kept, at: "10:15") }
            #expect(clash?.reason == .appointmentClash)
            let filter = DeskFilter(in: .everyShop, person: kept)
            #expect(try await counter.store.appointments(filter).items.count == 1)
        }
    }

    @Test("are refused in the past, before their day, and out of one’s shops")
    func refusals() async throws {
        try await withCounter { counter async throws -> Void in
            let store = counter.store
            let amina = try await counter.person("Amina", "Benali")
            // It is nine o’clock in Paris.
            #expect(
                try await refused { try await counter.book(amina, on: Counter.today, at: "08:30") }?
                    .reason == .appointmentPast
            )
            #expect(
                try await refused { try await counter.book(amina, on: Counter.today, at: "08:31") }
                    == nil
            )
            #expect(
                try await refused { try await counter.book(store.newID(), at: "10:00") }?.reason
                    == .personUnknown
            )
            let booked = try await counter.book(amina, at: "10:00")
            func miss(by staff: Staff) async throws -> Reason? {
                try await refused {
                    _ = try await store.endAppointment(
                        booked,
                        came: false,
                        key: counter.key(),
                        by: staff
                    )
                }?.reason
            }
            #expect(try await miss(by: counter.seller) == .appointmentNotYet)
            let stranger = counter.receiving(counter.seller, in: [store.newID()])
            #expect(try await miss(by: stranger) == .appointmentUnknown)
        }
    }

    @Test("are refused by the database itself, whoever writes the row")
    func theDatabaseHolds() async throws {
        try await withCounter { counter async throws -> Void in
            try await counter.grantRoles()
            let amina = try await counter.person("Amina", "Benali")
            let bruno = try await counter.person("Bruno", "Costa")
            try await counter.book(amina, at: "10:00", with: "maud")
            let others = [
                try await counter.book(amina, at: "14:00"),
                try await counter.book(bruno, at: "14:00"),
            ]
            let held = [
                "appointments_of_a_person_never_overlap", "appointments_of_a_user_never_overlap",
            ]
            for (other, constraint) in zip(others, held) {
                var said: String?
                do {
                    _ = try await counter.owner.withConnection {
                        try $0.execute(
                            """
                            insert into appointment_times (appointment_id, revision, planned_on, starts_minute,
                                planned_minutes, user_id, recorded_at, recorded_by)
                            values (\(other), 2, \(Self.tomorrow), 615, 30, \(counter.manager.id), now(), \(counter.seller.id))
                            """
                        )
                    }
                } catch let error as PostgresError {
                    said = error.constraint
                }
                #expect(said == constraint)
            }
        }
    }
}
