import Postgres
public import Shop

/// An exchange that was done: the ticket of the machine in the other's place.
public struct Exchanged: Hashable, Sendable, Codable {
    public let sale: ID<Sale>
}

extension Store {
    /// Gives another machine in the place of one that is covered. It leaves by a ticket of its own, of the kind of the first,
    /// which costs nothing, uses no right and names what it replaces; its guarantee begins anew. The machine that came back is
    /// in the stock room, to be inspected, erased and graded.
    ///
    /// Locks what a refund of the first ticket locks, with both machines, then the chain's head. Throws `tillMissing`,
    /// `afterSalesUnknown`, `afterSalesEnded`, `afterSalesNotNow`, `drawerClosed`, `dayUnclosed`, `deviceUnknown`,
    /// `exchangeOtherKind`, and whatever keeps the other machine from being sold here to this person.
    public func exchangeDevice(
        _ code: AfterSalesCode,
        for label: DeviceLabel,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Exchanged {
        let place = try staff.place()
        let input = [code.description, label.description]
        return try await counting(at: place.shop) {
            try await sealing(
                "exchange-device",
                key: key,
                input: input,
                by: staff,
                facts: ["label": .text(label.description)]
            ) { tx, now in
                let read = try Exchange(tx, code, for: label, at: place, by: staff, around: now.day)
                let at = max(now, read.head.lastAt)
                let drawer = try OpenDrawer(read.drawer, of: place, at: at)
                let sale = read.ticket(newID(), key: key, in: drawer, at: place, by: staff, on: at)
                let entry = try seal(sale.canonical, sale.link, after: read.head.hash)
                try tx.pipeline(
                    entry.statements + writes(exchange: sale, at: at) + [
                        read.found.end(.exchanged, sale: sale.id, by: staff, at: at)
                    ]
                )
                return (Exchanged(sale: sale.id), entry)
            }
        }
    }
}

/// The case, the ticket by which its machine left, and the machine that goes in its place, all locked.
private struct Exchange {
    let found: LockedCase
    let head: ChainHead
    /// `drawerNow`.
    let drawer: Rows
    let sale: SaleRecord
    /// The line of the machine that came back.
    let line: SaleRecord.Line
    let receipt: ReceiptCode
    let device: DeviceFacts
    let stay: Int
    let guaranteeMonths: Int
    /// Nil for a gift.
    let presumptionMonths: Int?

    init(
        _ tx: Transaction,
        _ code: AfterSalesCode,
        for label: DeviceLabel,
        at place: TillPlace,
        by staff: Staff,
        around day: Day
    ) throws {
        let first = try tx.query(LockedCase.read("c.code = \(code.description)")).first
        guard let first, staff.holds(anyOf: .sellers, in: try first["shop_id"]) else {
            throw Refusal.unknownCase(code.description)
        }
        let original: ID<Sale> = try first["sale_id"]
        let query = StandingQuery(
            buyer: nil,
            labels: [label.description],
            codes: [],
            shop: place.shop,
            around: day
        )
        var trip = Trip()
        _ = trip.add(Array(refundLocks(original, in: place.shop).prefix(3)))
        _ = trip.add(
            """
            select id from devices where label = \(label.description)
                or id = (select device_id from after_sales_cases where code = \(code.description))
            order by id for no key update
            """
        )
        let headRow = trip.add(headLock(of: place.id))
        let drawerRow = trip.add(drawerNow(of: place.id))
        let caseRow = trip.add(LockedCase.read("c.code = \(code.description)"))
        let ticket = trip.add(SaleRows.statements("s.id = \(original)"))
        let till = trip.add(
            "select code from tills where id = (select till_id from sales where id = \(original))"
        )
        let facts = trip.add(query.reads)
        let rows = try tx.pipeline(trip.statements)

        found = try LockedCase(rows[caseRow][0])
        try found.check(.exchange)
        head = try ChainHead(rows[headRow])
        drawer = rows[drawerRow]
        sale = try SaleRows.records(Array(rows[ticket]))[0]
        line = sale.lines[found.position - 1]
        receipt = ReceiptCode(
            till: try rows[till][0]["code"],
            kind: sale.kind.receipt,
            number: sale.link.number
        )
        let named: [String: Refusal.Fact] = ["label": .text(label.description)]
        guard let device = try query.goods(rows[facts]).devices[label.description] else {
            throw Refusal(.deviceUnknown, named)
        }
        let buyer: ID<Person>? =
            try tx.query("select person_now(\(sale.person)) as person")[0]["person"]
        if let refusal = device.refusal(on: day, in: place.shop, for: buyer) { throw refusal }
        guard case .onShelf(let stay, _, _, _, let price) = device.state else {
            throw Refusal(.deviceNotOnShelf, named)
        }
        let offered = try tx.shelfPrice(of: line)
        guard price <= offered else {
            throw Refusal(
                .exchangeDearer,
                ["label": .text(device.label), "price": .cents(price), "most": .cents(offered)]
            )
        }
        guard device.product.id == line.product else { throw Refusal(.exchangeOtherKind, named) }
        self.device = device
        self.stay = stay
        let isGift = sale.kind == .gift
        guaranteeMonths = try tx.number(
            isGift ? "gift_guarantee_months" : "exchange_guarantee_months",
            on: day
        )
        presumptionMonths = isGift ? nil : try tx.number("presumption_months", on: day)
    }

    /// The ticket that costs nothing.
    func ticket(
        _ id: ID<Sale>,
        key: ID<Claim>,
        in drawer: OpenDrawer,
        at place: TillPlace,
        by staff: Staff,
        on now: Instant
    ) -> SaleRecord {
        let name = [device.label, device.maker, device.model].filter { !$0.isEmpty }
            .joined(separator: " ")
        let replacing = SaleRecord.Line(
            position: 1,
            product: line.product,
            device: device.id,
            stay: stay,
            description: "\(name) (échange de \(found.label), \(receipt.text))",
            quantity: 1,
            unitPrice: .zero,
            value: .zero,
            personPays: .zero,
            programmePays: .zero,
            regime: line.regime,
            rateBasisPoints: line.rateBasisPoints,
            tax: .zero,
            volumeMB: nil,
            validDays: nil,
            guaranteeEndsOn: now.day.adding(months: guaranteeMonths),
            presumptionEndsOn: presumptionMonths.map { now.day.adding(months: $0) },
            right: nil,
            replacesSale: sale.id,
            replacesPosition: found.position
        )
        return SaleRecord(
            id: id,
            key: key,
            kind: sale.kind,
            till: place.id,
            shop: place.shop,
            drawer: drawer.ordinal,
            link: head.next(sale.kind.entry, at: now),
            businessOn: drawer.businessOn,
            seller: staff.id,
            operatorCode: staff.operatorCode,
            person: sale.person,
            household: sale.household,
            programme: sale.programme,
            total: .zero,
            value: .zero,
            tax: .zero,
            rules: "",
            software: softwareVersion,
            lines: [replacing],
            payments: []
        )
    }
}

extension Transaction {
    /// What the machine that is replaced was offered at when it left.
    fileprivate func shelfPrice(of line: SaleRecord.Line) throws -> Cents {
        try query(
            """
            select y.price_cents from sale_lines l
            join stays y on y.device_id = l.device_id and y.ordinal = l.stay_ordinal
            where l.device_id = \(line.device) and l.stay_ordinal = \(line.stay)
            """
        )[0]["price_cents"]
    }
}
