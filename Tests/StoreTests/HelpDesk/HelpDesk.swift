import Postgres
import Shop
import Store
import TestSupport

/// The help desk of Lille: what the tests of visits and appointments do again and again.
extension Counter {
    /// A second shop of the association, in which the seller works too.
    func roubaix() async throws -> (shop: ID<Shop>, seller: Staff) {
        let shop: ID<Shop> = store.newID()
        _ = try await owner.withConnection {
            try $0.execute(
                """
                insert into shops (id, code, name, address, postal_code, city, siret, opened_at)
                values (\(shop), 'RX', 'Roubaix', 'Rue', '59100', 'Roubaix', '12345678200028', '2022-01-01T09:00:00Z')
                """
            )
        }
        return (shop, receiving(seller, in: [self.shop, shop]))
    }

    func receiving(_ staff: Staff, in shops: [ID<Shop>]) -> Staff {
        Staff(
            id: staff.id,
            operatorCode: staff.operatorCode,
            name: staff.name,
            language: .french,
            firstDay: false,
            roles: shops.map { .init(role: .volunteerSeller, shop: $0) },
            till: nil
        )
    }

    /// The users' roles as rows, so that somebody may be named as receiving.
    func grantRoles() async throws {
        for (staff, role) in [(seller, Role.volunteerSeller), (manager, .shopManager)] {
            _ = try await owner.withConnection {
                try $0.execute(
                    """
                    insert into user_roles (id, user_id, role, shop_id, granted_at)
                    values (\(store.newID(Claim.self)), \(staff.id), \(role.rawValue), \(shop), '2022-01-01T09:00:00Z')
                    """
                )
            }
        }
    }

    /// A voucher that opens the help desk for each person, signed today unless the test says when.
    func helpDeskVoucher(
        for persons: [ID<Person>],
        uses: Int?,
        signedOn: Day = Counter.today
    ) async throws -> RecordedVoucher {
        let structure = try await structure("Structure \(store.newID(Claim.self))")
        let voucher = try await store.recordVoucher(
            NewVoucher(
                structure: structure,
                prescriber: .known(try await prescriber(of: structure)),
                persons: persons.map { .known($0) },
                householdSize: persons.count,
                services: [.helpDesk],
                signedOn: signedOn,
                originalKept: true,
                signatureSeen: true
            ),
            key: key(),
            by: seller
        )
        _ = try await owner.withConnection {
            try $0.execute(
                """
                update rights set uses_max = \(uses)
                where voucher_id = (select id from vouchers where code = \(voucher.code))
                """
            )
        }
        return voucher
    }

    func facts(
        _ kind: VisitKind = .visit,
        on day: Day = Counter.today,
        minutes: Int = 30,
        themes: [String] = ["email"]
    ) throws -> VisitFacts {
        try VisitFacts(
            kind: kind,
            heldOn: day,
            today: max(day, Counter.today),
            minutes: minutes,
            themes: themes
        )
    }

    @discardableResult
    func visit(
        _ person: ID<Person>?,
        on day: Day = Counter.today,
        in shop: ID<Shop>? = nil,
        appointment: ID<Appointment>? = nil,
        by staff: Staff? = nil
    ) async throws -> RecordedVisit {
        try await store.recordVisit(
            NewVisit(
                shop: shop ?? self.shop,
                facts: facts(on: day),
                person: person,
                appointment: appointment
            ),
            key: key(),
            by: staff ?? seller
        )
    }

    @discardableResult
    func book(
        _ person: ID<Person>,
        on day: Day = Counter.today.adding(days: 1),
        at clock: String,
        minutes: Int = 30,
        with receiver: String? = nil,
        kind: AppointmentKind = .visit,
        in shop: ID<Shop>? = nil,
        by staff: Staff? = nil
    ) async throws -> ID<Appointment> {
        try await store.bookAppointment(
            NewAppointment(
                shop: shop ?? self.shop,
                person: person,
                kind: kind,
                time: AppointmentTime(
                    plannedOn: day,
                    startsAt: TimeOfDay(typed: clock),
                    minutes: minutes
                ),
                receiver: receiver
            ),
            key: key(),
            by: staff ?? seller
        ).appointment
    }

    /// Uses of a voucher's rights that stand, counted from the rows alone.
    func standingUses(of voucher: String) async throws -> Int {
        try await count(
            """
            select count(*) from visit_uses u join rights r on r.id = u.right_id join vouchers v on v.id = r.voucher_id
            where v.code = \(voucher) and u.visit_id not in (select visit_id from visit_take_backs)
            """
        )
    }
}
