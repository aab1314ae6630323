import Postgres
public import Shop

/// What is on the paper of an act, but for its signature: the paper is drawn from it before anything is written, and it is
/// read again once the ticket is locked.
public struct HandOverAct: Hashable, Sendable, Codable {
    public let sale: ID<Sale>
    /// The ticket’s printed number: `LI1-G-000007`.
    public let ticket: String
    public let givenOn: Day
    /// The day of the act.
    public let on: Day
    public let association: String
    public let shop: String
    /// Street, postal code and city of the shop.
    public let address: String
    public let city: String
    public let programme: String
    /// A reference; the name is empty for whoever has none here.
    public let person: String
    public let name: String
    public let items: [Item]
    /// What opened the rights behind it, in the ticket’s order.
    public let opened: [Opening]
    public let terms: Terms

    public struct Item: Hashable, Sendable, Codable {
        public let position: Int
        public let description: String
        /// The shop’s own number; nil for what is counted.
        public let label: String?
        /// As the maker wrote it; empty when it was not read.
        public let serial: String
        /// `B`; nil for what is counted.
        public let grade: String?
        /// What goes with it, in French and in English; nil where nothing is known to.
        public let withFr: String?
        public let withEn: String?
        /// What the person still has.
        public let quantity: Int
        /// Units that came back.
        public let returned: Int
    }

    public struct Opening: Hashable, Sendable, Codable {
        public let origin: Origin
        /// As printed on the attestation or the voucher.
        public let code: String
    }

    /// The version in force, French and the person’s language beside it.
    public struct Terms: Hashable, Sendable, Codable {
        public let startsOn: Day
        /// Two letters; `fr` where there is no other text.
        public let language: String
        public let lines: [Line]

        public struct Line: Hashable, Sendable, Codable {
            public let pictogram: Pictogram
            public let french: String
            /// Nil where French is all there is.
            public let translated: String?
        }
    }

    /// What is still with the person.
    public var kept: [Item] { items.filter { $0.quantity > 0 } }
}

extension Store {
    /// The act of a gift as it would be signed today, in the language asked for, else in the person’s own.
    /// Throws `saleUnknown`, also outside `reach`; `nothingToHandOver`, `termsMissing`.
    public func handOverAct(
        _ ticket: ReceiptCode,
        in language: SpokenLanguage? = nil,
        reach: Reach = .everyShop
    ) async throws -> HandOverAct {
        let today = clock.now().day
        return try await transaction { tx in
            let sale = try tx.giftToHandOver(ticket, in: reach)
            return try tx.handOverAct(sale, in: language, on: today)
        }
    }
}

extension Transaction {
    /// Throws `saleUnknown`, `nothingToHandOver`.
    func giftToHandOver(_ code: ReceiptCode, in reach: Reach) throws -> ID<Sale> {
        let facts: [String: Refusal.Fact] = ["receipt": .text(code.text)]
        guard code.kind == .gift else {
            let kind: TicketKind = .sale
            let there = try query(
                """
                select from sales s join tills t on t.id = s.till_id join chain_heads h on h.id = s.chain_id
                where t.code = \(code.till) and s.kind = \(kind) and s.number = \(code.number) and not h.training
                  and \(reach.condition("s.shop_id"))
                """
            )
            throw Refusal(there.isEmpty ? .saleUnknown : .nothingToHandOver, facts)
        }
        let rows = try query(
            """
            select s.id, s.person_id from sales s join tills t on t.id = s.till_id join chain_heads h on h.id = s.chain_id
            where t.code = \(code.till) and s.kind = 'gift' and s.number = \(code.number) and not h.training
              and \(reach.condition("s.shop_id"))
            """
        )
        guard let row = rows.first else { throw Refusal(.saleUnknown, facts) }
        guard let _: ID<Person> = try row["person_id"] else {
            throw Refusal(.nothingToHandOver, facts)
        }
        return try row["id"]
    }

    /// Throws `termsMissing`.
    func handOverAct(
        _ sale: ID<Sale>,
        in language: SpokenLanguage?,
        on today: Day
    ) throws -> HandOverAct {
        let rows = try pipeline([
            """
            select t.code as till, s.number, s.business_on, g.name as programme, p.code as person,
                   coalesce(trim(i.given_name || ' ' || i.family_name), '') as name, coalesce(i.language, 'fr') as language,
                   h.name as shop, h.address || ', ' || h.postal_code || ' ' || h.city as address, h.city,
                   coalesce((select name from association), '') as association
            from sales s join tills t on t.id = s.till_id join shops h on h.id = s.shop_id
            join programmes g on g.id = s.programme_id join persons p on p.id = s.person_id
            left join identities i on i.person_id = person_now(s.person_id)
            where s.id = \(sale)
            """,
            """
            select l.position, l.description, l.quantity, d.label, coalesce(d.serial, '') as serial, upper(y.grade) as grade,
                   k.with_fr, k.with_en,
                   (select count(*) from refund_lines r where r.sale_id = l.sale_id and r.position = l.position) as returned
            from sale_lines l left join devices d on d.id = l.device_id
            left join stays y on y.device_id = l.device_id and y.ordinal = l.stay_ordinal
            cross join lateral (
                select string_agg(p.name_fr, ', ' order by p.code) as with_fr, string_agg(p.name_en, ', ' order by p.code) as with_en
                from kit_check_parts c join products p on p.id = c.product_id
                where c.device_id = l.device_id and c.found <> 'missing' and c.ordinal = (
                    select max(g.ordinal) from kit_checks g
                    where g.device_id = l.device_id and g.checked_at > here_since(l.device_id, l.stay_ordinal)
                      and g.checked_at <= (select sold_at from sales where id = l.sale_id))
                  and not exists (select from kit_returns r where r.device_id = c.device_id and r.product_id = c.product_id
                                  and r.after_check >= c.ordinal
                                  and r.returned_at <= (select sold_at from sales where id = l.sale_id))) k
            where l.sale_id = \(sale) order by l.position
            """,
            """
            select min(l.position), c.code as completion, v.code as voucher
            from sale_lines l join rights x on x.id = l.right_id left join completions c on c.id = x.completion_id
            left join vouchers v on v.id = x.voucher_id
            where l.sale_id = \(sale) group by c.code, v.code order by 1
            """,
        ])
        let row = rows[0][0]
        let spoken: String = try row["language"]
        return HandOverAct(
            sale: sale,
            ticket: ReceiptCode(till: try row["till"], kind: .gift, number: try row["number"]).text,
            givenOn: try row["business_on"],
            on: today,
            association: try row["association"],
            shop: try row["shop"],
            address: try row["address"],
            city: try row["city"],
            programme: try row["programme"],
            person: try row["person"],
            name: try row["name"],
            items: try rows[1].map { try HandOverAct.Item($0) },
            opened: try rows[2].map { try HandOverAct.Opening($0) },
            terms: try terms(in: language?.text ?? spoken, on: today)
        )
    }

    private func terms(in language: String, on today: Day) throws -> HandOverAct.Terms {
        guard let version = try handOverTerms().inForce(on: today),
            let french = version.sentences(in: "fr")
        else { throw Refusal(.termsMissing) }
        let translated = language == "fr" ? nil : version.sentences(in: language)
        return HandOverAct.Terms(
            startsOn: version.startsOn,
            language: translated == nil ? "fr" : language,
            lines: zip(version.pictograms, french).enumerated().map { place, line in
                .init(
                    pictogram: line.0,
                    french: line.1,
                    translated: translated.map { $0[place] }
                )
            }
        )
    }
}

extension HandOverAct.Item {
    fileprivate init(_ row: Row) throws {
        let (sold, back): (Int, Int) = try (row["quantity"], row["returned"])
        self.init(
            position: try row["position"],
            description: try row["description"],
            label: try row["label"],
            serial: try row["serial"],
            grade: try row["grade"],
            withFr: try row["with_fr"],
            withEn: try row["with_en"],
            quantity: sold - back,
            returned: back
        )
    }
}

extension HandOverAct.Opening {
    fileprivate init(_ row: Row) throws {
        let (completion, voucher): (String?, String?) = try (row["completion"], row["voucher"])
        if let completion {
            self.init(
                origin: .completion,
                code: CompletionCode(completion)?.printed ?? completion
            )
        } else {
            let code = voucher ?? ""
            self.init(
                origin: .voucher,
                code: try VoucherCode(scanned: code).printed
            )
        }
    }
}
