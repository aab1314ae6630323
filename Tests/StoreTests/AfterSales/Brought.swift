import Postgres
import Shop
import Store

/// What the tests of after-sales do again and again.
extension Wazemmes {
    /// Answers that come to a defect of the machine, from the symptom `other`.
    static let covered = AfterSalesMove.diagnose([3, 2])
    static let misuse = AfterSalesMove.diagnose([1])

    func at(_ instant: Instant) -> Wazemmes {
        Wazemmes(
            store: store.at(.standing(at: instant)),
            owner: owner,
            shop: shop,
            seller: seller,
            tills: tills,
            amina: amina,
            bruno: bruno
        )
    }

    /// That day's noon, with its drawers open.
    func noon(_ day: String) async throws -> Wazemmes {
        let then = at(Instant(iso: "\(day)T11:00:00Z") ?? Instant(microseconds: 0))
        for till in tills.indices { try await then.store.turnDrawer(by: then.staff(till)) }
        return then
    }

    @discardableResult
    func bought(
        _ device: Int,
        by voucher: String = Wazemmes.aminaVoucher,
        gift: Bool = false
    ) async throws -> Ticket {
        try await store.sell(
            request(voucher, device: device, gift: gift),
            key: key(),
            by: staff()
        )
    }

    func opened(_ device: Int, symptom: String = "other", isHere: Bool = true) async throws
        -> AfterSalesCode
    {
        try .typed(
            await store.openCase(
                DeviceLabel.typed(Wazemmes.label(device)),
                symptom: symptom,
                isHere: isHere,
                key: key(),
                by: staff()
            ).code
        )
    }

    func advance(_ code: AfterSalesCode, _ moves: AfterSalesMove...) async throws {
        for move in moves {
            _ = try await store.advanceCase(code, move, key: key(), by: staff())
        }
    }

    func repaired(_ code: AfterSalesCode) async throws {
        try await advance(
            code,
            Self.covered,
            .repair(work: ShortText(typed: "Barrette mémoire changée", field: .work)),
            .handBack
        )
    }

    func exchange(_ code: AfterSalesCode, for device: Int, till: Int = 0) async throws
        -> ID<Sale>
    {
        try await store.exchangeDevice(
            code,
            for: DeviceLabel.typed(Wazemmes.label(device)),
            key: key(),
            by: staff(till)
        ).sale
    }

    @discardableResult
    func refund(_ sale: ID<Sale>) async throws -> ID<Refund> {
        try await store.giveBack(
            RefundRequest(sale: sale, lines: nil, reason: .defective, means: .cash),
            key: key(),
            by: staff()
        )
    }

    func shelve(_ device: Int) async throws {
        _ = try await store.shelveDevice(
            DeviceLabel.typed(Wazemmes.label(device)),
            grade: .b,
            price: Cents(9000),
            key: key(),
            by: staff()
        )
    }

    /// Tried anew, and back on the shelf.
    func prepared(_ device: Int) async throws {
        try await execute(inspection(of: Self.device(device), at: Clock.system.now(), by: seller))
        try await shelve(device)
    }

    func card(_ code: AfterSalesCode) async throws -> AfterSalesCard {
        try await store.afterSalesCase(code)
    }

    static func device(_ number: Int) -> SQL {
        "(select id from devices where label = \(label(number)))"
    }
}
