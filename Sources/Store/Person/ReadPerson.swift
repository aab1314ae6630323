import Postgres
public import Shop

/// What the shop knows of a person, apart from rights and tickets.
public struct PersonCard: Hashable, Sendable, Codable {
    public let person: PersonRow
    public let language: String
    public let structureID: ID<Structure>?
    public let household: ID<Household>
    /// Who lives there now, the person apart, in the order of their names.
    public let livesWith: [PersonRow]
    /// The latest first.
    public let vouchers: [VoucherRow]
    /// The latest first, fifty at most.
    public let tickets: [PersonTicket]
    public let courses: [PersonCourse]
    /// What the person last said to a privacy notice; nil while nobody asked.
    public let notice: NoticeAnswer?
    /// Codes of the files that were merged into this one.
    public let mergedCodes: [String]
}

/// A line of a ticket that a right paid for, or any other line that was sold to the person.
public struct PersonTicket: Hashable, Sendable, Codable {
    public let sale: String
    public let receipt: String
    public let on: Day
    public let kind: TicketKind
    /// As it was printed, which is in French.
    public let words: String
    /// For whoever reads English: a machine as it was printed, an article by its present English name.
    public let wordsEnglish: String
    public let paidCents: Cents
    public let valueCents: Cents
    public let unitsBack: Int

    init(_ row: Row) throws {
        let till: String = try row["till"]
        let number: Int64 = try row["number"]
        sale = try row["sale_id"]
        kind = try row["kind"]
        receipt =
            ReceiptCode(till: till, kind: kind == .sale ? .sale : .gift, number: number).text
        on = try row["business_on"]
        words = try row["words"]
        wordsEnglish = try row["words_english"]
        paidCents = try row["person_cents"]
        valueCents = try row["value_cents"]
        unitsBack = try row["units_back"]
    }

    public func words(in language: Language) -> String {
        language.choose(words, wordsEnglish)
    }
}

/// A course that the person follows or has finished.
public struct PersonCourse: Hashable, Sendable, Codable {
    public let run: String
    public let enrolledOn: Day
    public let completedOn: Day?
    /// What is printed on the attestation; nil while the course goes on.
    public let code: String?

    init(_ row: Row) throws {
        run = try row["run"]
        enrolledOn = try row["enrolled_on"]
        completedOn = try row["completed_on"]
        code = try row["code"]
    }
}

extension Store {
    /// Throws `personUnknown`.
    public func person(_ id: ID<Person>) async throws -> PersonCard {
        try await transaction { tx in
            let trips = try tx.pipeline([
                """
                select \(PersonRow.columns), coalesce(i.language, 'fr') as language, f.structure_id, m.household_id
                from household_members m \(PersonRow.joins("m")) where m.person_id = \(id) and m.left_on is null
                """,
                """
                select \(PersonRow.columns) from household_members o \(PersonRow.joins("o"))
                where o.left_on is null and o.person_id <> \(id) and o.household_id = (
                    select household_id from household_members where person_id = \(id) and left_on is null)
                order by i.search, p.id
                """,
                """
                select \(VoucherRow.columns) from voucher_persons n join vouchers v on v.id = n.voucher_id
                    \(VoucherRow.joins)
                where n.person_id = any(person_files(\(id))) order by v.signed_on desc, v.id desc
                """,
                tickets(of: id),
                """
                select r.code as run, e.enrolled_on, c.completed_on, c.code from enrolments e
                join runs r on r.id = e.run_id left join completions c on c.enrolment_id = e.id and \(standsStill)
                where e.person_id = any(person_files(\(id))) and \(isOnTheList) order by e.enrolled_on desc, e.id desc
                """,
                """
                select p.code from person_merges m join persons p on p.id = m.person_id
                where m.into_id = \(id) order by m.merged_at, p.code
                """,
                """
                select notice_on, answered_on, told, accepted, notice_on = (select max(starts_on) from privacy_notices
                    where starts_on <= \(today)) as is_current
                from privacy_answers where person_id = any(person_files(\(id))) order by id desc limit 1
                """,
            ])
            guard let row = trips[0].first else { throw Refusal(.personUnknown) }
            return PersonCard(
                person: try PersonRow(row),
                language: try row["language"],
                structureID: try row["structure_id"],
                household: try row["household_id"],
                livesWith: try trips[1].map { try PersonRow($0) },
                vouchers: try trips[2].map { try VoucherRow($0) },
                tickets: try trips[3].map { try PersonTicket($0) },
                courses: try trips[4].map { try PersonCourse($0) },
                notice: try trips[6].first.map { row in
                    NoticeAnswer(
                        noticeOn: try row["notice_on"],
                        answeredOn: try row["answered_on"],
                        told: try row["told"],
                        accepted: try row["accepted"],
                        isCurrent: try row["is_current"]
                    )
                },
                mergedCodes: try trips[5].map { try $0["code"] }
            )
        }
    }

    /// A file by its code or key, even one that was merged into another. Throws `personUnknown`.
    public func file(typed text: String) async throws -> ID<Person> {
        if let id = ID<Person>(text) { return id }
        return try await transaction { tx in
            let code = PersonCode(text)?.text
            guard let row = try tx.query("select id from persons where code = \(code)").first else {
                throw Refusal(.personUnknown)
            }
            return try row["id"]
        }
    }

    /// A person as commands and requests name one: by code, `P-72D3BX`, or by key. Throws `personUnknown`.
    public func person(typed text: String) async throws -> ID<Person> {
        if let id = ID<Person>(text) {
            return try await transaction { tx in try tx.query("select person_now(\(id))")[0][0] }
        }
        guard let code = PersonCode(text) else { throw Refusal(.personUnknown) }
        return try await person(coded: code)
    }

    /// The person whom a code names, under the file that goes on. Throws `personUnknown`.
    public func person(coded code: PersonCode) async throws -> ID<Person> {
        try await transaction { tx in
            guard
                let row = try tx.query(
                    "select person_now(id) as id from persons where code = \(code.text)"
                ).first
            else { throw Refusal(.personUnknown) }
            return try row["id"]
        }
    }

    private func tickets(of person: ID<Person>) -> SQL {
        """
        select s.id as sale_id, t.code as till, s.kind, s.number, s.business_on, l.description as words,
               case when l.device_id is null then p.name_en else l.description end as words_english,
               l.person_cents, l.value_cents, (select count(*) from refund_lines b
                               where b.sale_id = l.sale_id and b.position = l.position) as units_back
        from sales s join tills t on t.id = s.till_id join sale_lines l on l.sale_id = s.id
             join products p on p.id = l.product_id
        where s.person_id = any(person_files(\(person))) order by s.sold_at desc, l.position limit 50
        """
    }
}
