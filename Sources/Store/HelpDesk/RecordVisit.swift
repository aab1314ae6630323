import Postgres
public import Shop

/// Somebody who was received, as it is to be written down.
public struct NewVisit: Encodable, Sendable {
    public let shop: ID<Shop>
    public let facts: VisitFacts
    /// Nil: nobody was asked who they are. With an appointment, whom that names.
    public let person: ID<Person>?
    /// The login of whoever led it; nil: whoever writes it down.
    public let ledBy: String?
    public let appointment: ID<Appointment>?

    public init(
        shop: ID<Shop>,
        facts: VisitFacts,
        person: ID<Person>? = nil,
        ledBy: String? = nil,
        appointment: ID<Appointment>? = nil
    ) {
        self.shop = shop
        self.facts = facts
        self.person = person
        self.ledBy = ledBy
        self.appointment = appointment
    }
}

/// A visit that was written down, and what it did to the person's rights.
public struct RecordedVisit: Codable, Sendable {
    public let visit: ID<Visit>
    public let heldOn: Day
    /// The right that it used one of; nil when it used none.
    public let right: UsedRight?
    /// Why it used none; nil when it used one.
    public let free: WhyFree?

    public struct UsedRight: Codable, Sendable {
        public let right: ID<Right>
        /// The voucher that opened it; nil for what a finished course opened.
        public let voucher: String?
        public let endsOn: Day
        /// What remains of it; nil: as many as come.
        public let left: Int?
    }
}

extension Store {
    /// Writes down who was received, or throws the `Refusal`: `unknownThing` (shop, who led it), `dayInFuture`,
    /// `personUnknown`, `choiceUnknown` (theme, redirection), `appointmentUnknown`, `appointmentNotYet`,
    /// `appointmentEnded`.
    ///
    /// Where a valid voucher of the person opens the help desk it uses one of it, the right that ends first; otherwise the
    /// visit is free, and the answer says why. What opens the rights, the person and the household are locked in a sale's
    /// own order, so that a last use goes to one of two shops.
    public func recordVisit(
        _ visit: NewVisit,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> RecordedVisit {
        for _ in 0..<3 {
            do {
                return try await command("record-visit", key: key, input: visit, by: staff) {
                    tx,
                    now in
                    try self.record(visit, by: staff, at: now, in: tx)
                }
            } catch is LockedTooLittle {}
        }
        throw Refusal(.busy)
    }

    private func record(
        _ visit: NewVisit,
        by staff: Staff,
        at now: Instant,
        in tx: Transaction
    ) throws -> RecordedVisit {
        try staff.checkHolds(.receivers, in: visit.shop)
        let facts = visit.facts
        guard facts.heldOn <= now.day else {
            throw Refusal(.dayInFuture, ["day": .day(facts.heldOn), "today": .day(now.day)])
                .about(.visitHeldOn)
        }
        let expected = try visit.appointment.map { try tx.appointmentToEnd($0, in: staff) }
        if let expected {
            guard expected.time.plannedOn <= facts.heldOn else {
                throw Refusal(.appointmentNotYet, expected.time.facts)
            }
            // Who came to buy, or elsewhere, was not received here.
            guard expected.shop == visit.shop, expected.kind.visit != nil else {
                throw Refusal(.appointmentUnknown)
            }
        }
        let standing = try standing(of: expected?.person ?? visit.person, visit.shop, now.day, tx)
        let ended = try visit.appointment.map { try tx.lockAppointment($0, after: expected) }
        try ended?.checkOpen()
        let id: ID<Visit> = newID()
        var writes = try rows(of: visit, id, standing?.buyer?.person, by: staff, at: now, in: tx)
        let right: VisitRight =
            standing?.helpDeskRight(on: facts.heldOn, in: visit.shop) ?? .free(.anonymous)
        if case .uses(let right, _) = right, let buyer = standing?.buyer {
            writes.append(
                """
                insert into visit_uses (visit_id, right_id, person_id, household_id, used_on)
                values (\(id), \(right.id), \(buyer.person), \(buyer.household), \(facts.heldOn))
                """
            )
        }
        if let ended {
            writes.append(ended.ends(.came, bringing: id, by: staff, at: now))
        }
        _ = try tx.pipeline(writes)
        return RecordedVisit(id, on: facts.heldOn, right)
    }

    /// Locks and reads what a sale would; nil for nobody. Throws `personUnknown`, `LockedTooLittle`.
    private func standing(
        of person: ID<Person>?,
        _ shop: ID<Shop>,
        _ day: Day,
        _ tx: Transaction
    ) throws -> Standing? {
        guard let person else { return nil }
        let query = StandingQuery(
            buyer: .person(person),
            labels: [],
            codes: [],
            shop: shop,
            around: day
        )
        let locked = try tx.pipeline(query.locks)
        let standing = try query.standing(tx.pipeline(query.reads)[...])
        try query.checkLocked(standing, Goods(devices: [:], products: [:]), locked[...])
        return standing
    }

    private func rows(
        of visit: NewVisit,
        _ id: ID<Visit>,
        _ person: ID<Person>?,
        by staff: Staff,
        at now: Instant,
        in tx: Transaction
    ) throws -> [SQL] {
        let facts = visit.facts
        let codes = try tx.helpDeskCodes()
        let themes = try facts.themes.map {
            try codes.chosen($0, of: .theme, on: facts.heldOn, field: .themes)
        }
        let sentTo = try facts.redirection.map {
            try codes.chosen($0, of: .redirection, on: facts.heldOn, field: .redirection)
        }
        let leader = try visit.ledBy.map { try tx.receiver($0, in: visit.shop, field: .ledBy) }
        let row: SQL = """
            insert into visits (id, shop_id, kind, person_id, held_on, minutes, autonomy, redirection,
                                redirection_starts_on, led_by, recorded_at, recorded_by)
            values (\(id), \(visit.shop), \(facts.kind), \(person), \(facts.heldOn), \(facts.minutes), \(facts.autonomy),
                    \(sentTo?.code), \(sentTo?.startsOn), \(leader ?? staff.id), \(now), \(staff.id))
            """
        return [row]
            + themes.map { theme in
                """
                insert into visit_themes (visit_id, theme, theme_starts_on)
                values (\(id), \(theme.code), \(theme.startsOn))
                """
            }
    }
}

extension RecordedVisit {
    fileprivate init(_ visit: ID<Visit>, on day: Day, _ right: VisitRight) {
        switch right {
        case .free(let why): self.init(visit: visit, heldOn: day, right: nil, free: why)
        case .uses(let right, let left):
            self.init(
                visit: visit,
                heldOn: day,
                right: UsedRight(
                    right: right.id,
                    voucher: right.voucher?.code,
                    endsOn: right.endsOn,
                    left: left
                ),
                free: nil
            )
        }
    }
}

extension Transaction {
    /// Who may receive people in a shop, by login. Throws `unknownThing`.
    func receiver(_ login: String, in shop: ID<Shop>, field: FieldName) throws -> ID<User> {
        let rows = try query(
            """
            select u.id from users u where u.login = lower(\(login)) and \(isLetIn) and exists (
                select from user_roles r where r.user_id = u.id and r.ended_at is null
                  and r.role = any(\(receivingRoles)) and (r.shop_id is null or r.shop_id = \(shop)))
            """
        )
        guard let row = rows.first else {
            throw Refusal(
                .unknownThing,
                ["field": .field(field), "text": .text(String(login.prefix(40)))]
            )
        }
        return try row["id"]
    }
}

let receivingRoles = Role.allCases.filter(Set<Role>.receivers.contains)
