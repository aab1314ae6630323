import Postgres
public import Shop

extension Store {
    /// Machines that somebody has, by what is at hand: the label, the receipt, the person's code, or any part of the serial,
    /// maker or model; the last handed over first. What came back is not among them. A person's code finds nothing for who
    /// does not receive people. Throws `searchTooShort` for fewer than three letters that are no code.
    public func handedOverDevices(
        matching typed: String,
        in reach: Reach,
        by staff: Staff,
        after: String? = nil,
        limit: Int = 20
    ) async throws -> Paged<HandedOverDevice> {
        let limit = min(max(limit, 1), 100)
        let text = try ShortText.optional(typed: typed, field: .search)
        let last = after.flatMap(Cursor.init)
        return try await transaction { tx in
            let found: SQL
            switch try? Scan(scanned: text) {
            case .device(let label): found = "d.label = \(label)"
            case .receipt(let code):
                found = """
                    t.code = \(code.till) and s.number = \(code.number)
                    and s.kind = \(code.kind == .gift ? TicketKind.gift : .sale)
                    """
            case .person(let code) where staff.reach(.receivers) != .nowhere:
                found = """
                    s.person_id = any(person_files((select person_now(id) from persons where code = \(code.text))))
                    """
            case .person: found = "false"
            case .voucher, .signedVoucher, .completion, nil:
                let words = try foldedWords(text, in: tx)
                guard words.contains(where: { $0.count >= 3 }) else {
                    throw Refusal(
                        .searchTooShort,
                        ["field": .field(.search), "least": .number(3)]
                    )
                }
                found = words.reduce("true") { "\($0) and d.search like \(holdsPattern($1))" }
            }
            let rows = try tx.query(
                """
                select \(HandedOverDevice.columns), s.id as sale_id from exits x \(HandedOverDevice.joins)
                where \(found) and x.kind in ('sale', 'gift') and \(reach.condition("s.shop_id"))
                  and not exists (select from stays y where y.device_id = x.device_id and y.ordinal > x.ordinal)
                  and not \(LastStay.cameBack)
                  and (\(last?.sale)::uuid is null or (s.id, d.label) < (\(last?.sale)::uuid, \(last?.label)))
                order by s.id desc, d.label desc limit \(limit + 1)
                """
            )
            let items = try rows.map { row in
                let device = try HandedOverDevice(row)
                return (device, Cursor(sale: try row["sale_id"], label: device.label))
            }
            return Paged(
                items: items.prefix(limit).map(\.0),
                next: items.count > limit ? items[limit - 1].1.text : nil
            )
        }
    }

    /// The machine under this label, while somebody has it. Throws `deviceUnknown`, `afterSalesNotAway`.
    public func handedOverDevice(
        _ label: DeviceLabel,
        in reach: Reach
    ) async throws -> HandedOverDevice {
        try await transaction { tx in
            let rows = try tx.pipeline([
                """
                select from devices d left join lateral (
                    select shop_id from stays where device_id = d.id order by ordinal desc limit 1) y on true
                where d.label = \(label.description) and \(reach.condition("coalesce(y.shop_id, d.shop_id)"))
                """,
                """
                select \(HandedOverDevice.columns) from exits x \(HandedOverDevice.joins)
                where d.label = \(label.description) and x.kind in ('sale', 'gift') and \(reach.condition("s.shop_id"))
                  and not exists (select from stays y where y.device_id = x.device_id and y.ordinal > x.ordinal)
                  and not \(LastStay.cameBack)
                """,
            ])
            let facts: [String: Refusal.Fact] = ["label": .text(label.description)]
            if rows[0].isEmpty { throw Refusal(.deviceUnknown, facts) }
            guard let row = rows[1].first else { throw Refusal(.afterSalesNotAway, facts) }
            return try HandedOverDevice(row)
        }
    }
}

/// The last machine shown: a ticket may hold several.
private struct Cursor {
    let sale: ID<Sale>
    let label: String

    init(sale: ID<Sale>, label: String) {
        self.sale = sale
        self.label = label
    }

    /// Nil for what is no cursor: the list begins again.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let sale = ID<Sale>(String(parts[0])) else { return nil }
        self.init(sale: sale, label: String(parts[1]))
    }

    var text: String { "\(sale).\(label)" }
}
