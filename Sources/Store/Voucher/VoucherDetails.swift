import Postgres
public import Shop

/// What a voucher says beyond whom it names and what it opens; nothing of it once an identity that it names is erased.
public struct VoucherDetails: Hashable, Sendable, Codable {
    /// In the words that were in force when it was signed.
    public let motives: [Motive]
    public let wish: WishedEquipment?
    public let remarks: String

    public struct Motive: Hashable, Sendable, Codable {
        public let code: String
        public let french: String
        public let english: String

        public func words(in language: Language) -> String { language.choose(french, english) }
    }
}

extension Store {
    /// Throws `unknownThing` for a motive that is not offered on that day.
    func write(
        _ details: ReferralDetails,
        of voucher: ID<Voucher>,
        signedOn day: Day,
        in tx: Transaction
    ) throws {
        for code in details.motives {
            let written = try tx.execute(
                """
                insert into voucher_motives (voucher_id, motive, motive_starts_on)
                select \(voucher), m.code, m.starts_on
                from (select * from motives where code = \(code) and starts_on <= \(day)
                      order by starts_on desc limit 1) m
                where not m.withdrawn
                """
            )
            guard written == 1 else {
                throw Refusal(.unknownThing, ["field": .field(.motives), "text": .text(code)])
            }
        }
        if details.wish == nil, details.remarks.isEmpty { return }
        try tx.execute(
            """
            insert into voucher_details (voucher_id, wish, remarks)
            values (\(voucher), \(details.wish), \(details.remarks))
            """
        )
    }
}

extension VoucherDetails {
    /// Two statements; `init` takes their rows in this order. Whoever runs them sees what the policies let through.
    static func reads(of voucher: SQL) -> [SQL] {
        [
            """
            select m.code, m.name_fr, m.name_en from voucher_motives g
            join motives m on m.code = g.motive and m.starts_on = g.motive_starts_on
            where g.voucher_id = \(voucher) order by m.name_fr, m.code
            """,
            "select wish, remarks from voucher_details where voucher_id = \(voucher)",
        ]
    }

    init(_ motives: Rows, _ said: Rows) throws {
        self.init(
            motives: try motives.map { row in
                Motive(
                    code: try row["code"],
                    french: try row["name_fr"],
                    english: try row["name_en"]
                )
            },
            wish: try said.first?["wish"] ?? nil,
            remarks: try said.first?["remarks"] ?? ""
        )
    }
}
