import Postgres
import Shop

/// Tickets read back as they were written: three statements, whatever `condition` chooses from `sales s`.
struct SaleRows {
    static func statements(_ condition: SQL) -> [SQL] {
        [
            """
            select s.id, s.key, s.kind, s.till_id, s.shop_id, s.drawer_ordinal, s.chain_id, s.position, s.number,
                   s.sold_at, s.business_on, s.seller_id, s.operator, s.person_id, s.household_id, s.programme_id,
                   s.total_cents, s.value_cents, s.vat_cents, s.line_count, s.rules, s.software
            from sales s where \(condition) order by s.chain_id, s.position
            """,
            """
            select l.sale_id, l.position, l.product_id, l.device_id, l.stay_ordinal, l.description, l.quantity,
                   l.unit_price_cents, l.value_cents, l.person_cents, l.programme_cents, l.vat_regime, l.vat_rate_bp,
                   l.vat_cents, l.volume_mb, l.valid_days, l.guarantee_ends_on, l.presumption_ends_on, l.right_id,
                   l.replaces_sale_id, l.replaces_position,
                   array(select x.code_id from code_exits x
                         where x.sale_id = l.sale_id and x.position = l.position order by x.unit) as codes,
                   array(select w.override_id from override_uses w
                         where w.sale_id = l.sale_id and w.position = l.position order by w.override_id) as overrides
            from sales s join sale_lines l on l.sale_id = s.id where \(condition) order by l.sale_id, l.position
            """,
            """
            select p.sale_id, p.position, p.means, p.amount_cents, p.tendered_cents, p.change_cents
            from sales s join payments p on p.sale_id = s.id where \(condition) order by p.sale_id, p.position
            """,
        ]
    }

    /// In the order of chain and position.
    static func records(_ rows: [Rows]) throws -> [SaleRecord] {
        let lines = try Dictionary(grouping: rows[1]) { row -> ID<Sale> in try row["sale_id"] }
        let payments = try Dictionary(grouping: rows[2]) { row -> ID<Sale> in try row["sale_id"] }
        return try rows[0].map { row in
            let id: ID<Sale> = try row["id"]
            return try SaleRecord(
                row,
                lines: (lines[id] ?? []).map { try SaleRecord.Line($0) },
                payments: (payments[id] ?? []).map { try SaleRecord.Payment($0) }
            )
        }
    }
}

extension SaleRecord {
    fileprivate init(_ row: Row, lines: [Line], payments: [Payment]) throws {
        let kind: TicketKind = try row["kind"]
        self.init(
            id: try row["id"],
            key: try row["key"],
            kind: kind,
            till: try row["till_id"],
            shop: try row["shop_id"],
            drawer: try row["drawer_ordinal"],
            link: Link(
                chain: try row["chain_id"],
                position: try row["position"],
                kind: kind.entry,
                number: try row["number"],
                at: try row["sold_at"]
            ),
            businessOn: try row["business_on"],
            seller: try row["seller_id"],
            operatorCode: try row["operator"],
            person: try row["person_id"],
            household: try row["household_id"],
            programme: try row["programme_id"],
            total: try row["total_cents"],
            value: try row["value_cents"],
            tax: try row["vat_cents"],
            rules: try row["rules"],
            software: try row["software"],
            lineCount: try row["line_count"],
            lines: lines,
            payments: payments
        )
    }
}

extension SaleRecord.Line {
    fileprivate init(_ row: Row) throws {
        self.init(
            position: try row["position"],
            product: try row["product_id"],
            device: try row["device_id"],
            stay: try row["stay_ordinal"],
            description: try row["description"],
            quantity: try row["quantity"],
            unitPrice: try row["unit_price_cents"],
            value: try row["value_cents"],
            personPays: try row["person_cents"],
            programmePays: try row["programme_cents"],
            regime: try row["vat_regime"],
            rateBasisPoints: try row["vat_rate_bp"],
            tax: try row["vat_cents"],
            volumeMB: try row["volume_mb"],
            validDays: try row["valid_days"],
            guaranteeEndsOn: try row["guarantee_ends_on"],
            presumptionEndsOn: try row["presumption_ends_on"],
            right: try row["right_id"],
            codes: try row["codes"],
            overrides: try row["overrides"],
            replacesSale: try row["replaces_sale_id"],
            replacesPosition: try row["replaces_position"]
        )
    }
}

extension SaleRecord.Payment {
    fileprivate init(_ row: Row) throws {
        self.init(
            position: try row["position"],
            means: try row["means"],
            amount: try row["amount_cents"],
            tendered: try row["tendered_cents"],
            change: try row["change_cents"]
        )
    }
}
