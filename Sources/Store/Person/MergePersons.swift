import Postgres
public import Shop

/// What is known of two files before they become one, side by side.
public struct MergePreview: Hashable, Sendable, Codable {
    /// Opened by mistake: it ends.
    public let ends: FileSummary
    /// The person's from then on.
    public let goesOn: FileSummary

    public struct FileSummary: Hashable, Sendable, Codable {
        public let person: PersonRow
        public let openedOn: Day
        public let vouchers: Int
        public let tickets: Int
        public let courses: Int
        /// Who else lives there.
        public let livesWith: Int
    }
}

extension Store {
    /// Files that may be of the same person as this one, the closest first, ten at most. Throws `personUnknown`.
    public func likelyFiles(of person: ID<Person>) async throws -> [PersonRow] {
        let card = try await self.person(person)
        guard !card.person.familyName.isEmpty else { return [] }
        let known = try NewPerson(
            givenName: .optional(typed: card.person.givenName, field: .givenName),
            familyName: PersonName(typed: card.person.familyName, field: .familyName),
            phone: .optional(typed: card.person.phone),
            birthYear: card.person.birthYear.map {
                try BirthYear($0, today: today)
            }
        )
        return try await likelyFiles(of: known).filter { $0.id != card.person.id }
    }

    /// The two files as they stand. Throws what the merge would.
    public func previewMerge(
        of ends: ID<Person>,
        into goesOn: ID<Person>,
        by staff: Staff
    ) async throws -> MergePreview {
        try staff.checkHoldsHere(.shopManagers)
        return try await transaction { tx in
            try checkGoOn([ends, goesOn], in: tx)
            _ = try mergedHousehold(of: ends, into: goesOn, in: tx)
            return MergePreview(
                ends: try summary(of: ends, in: tx),
                goesOn: try summary(of: goesOn, in: tx)
            )
        }
    }

    /// From now on the two files are one person: what the one used counts for the other, its vouchers and finished
    /// courses open rights to the other, and whoever looks for it finds the other. No ticket and no entry of the journal
    /// changes. Whoever goes on lives where the two lived.
    ///
    /// Throws `mergeWithSelf`, `mergedAlready`, `mergeTwoHouseholds` when each file lives with others, `mergeEnrolled`
    /// while the file that ends follows a course or waits for a seat, `personUnknown`, `roleMissing`.
    public func mergePersons(
        _ ends: ID<Person>,
        into goesOn: ID<Person>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ID<Person> {
        try staff.checkHoldsHere(.shopManagers)
        let input = [ends, goesOn]
        return try await command("merge-persons", key: key, input: input, by: staff) { tx, now in
            try lockPersons(input, in: tx)
            try checkGoOn(input, in: tx)
            try lockHouseholds([ends, goesOn].map { try household(of: $0, in: tx) }, in: tx)
            let home = try mergedHousehold(of: ends, into: goesOn, in: tx)
            _ = try tx.pipeline([
                """
                insert into person_merges (person_id, into_id, merged_at, merged_by)
                values (\(ends), \(goesOn), \(now), \(staff.id))
                """,
                """
                insert into person_merges (person_id, into_id, through, merged_at, merged_by)
                select person_id, \(goesOn), \(ends), \(now), \(staff.id) from person_merges where into_id = \(ends)
                """,
                """
                update household_members set left_on = greatest(joined_on, \(now.day)::date)
                where person_id = \(ends) and left_on is null
                """,
            ])
            // Whoever refused under either file has refused.
            if try tx.refusesTheNotice(goesOn) {
                try tx.execute(
                    "delete from identities where person_id = any(person_files(\(goesOn)))"
                )
            }
            if try household(of: goesOn, in: tx) != home {
                try move(goesOn, to: home, in: tx, at: now)
            }
            return goesOn
        }
    }

    /// Throws `mergedAlready` when one of the files ended before.
    private func checkGoOn(_ files: [ID<Person>], in tx: Transaction) throws {
        let merged = try tx.query(
            """
            select p.code from person_merges m join persons p on p.id = person_now(m.person_id)
            where m.person_id = any(\(files)) limit 1
            """
        )
        guard let row = merged.first else { return }
        throw Refusal(.mergedAlready, ["code": .text(try row["code"])])
    }

    /// Where whoever goes on lives: with the others of either file. Throws why the two cannot become one.
    private func mergedHousehold(
        of ends: ID<Person>,
        into goesOn: ID<Person>,
        in tx: Transaction
    ) throws -> ID<Household> {
        guard ends != goesOn else { throw Refusal(.mergeWithSelf) }
        // What goes on in a course is written under the file that began it.
        let run = try tx.query(
            """
            select r.code from runs r where r.id in (
                select e.run_id from enrolments e where e.person_id = \(ends) and \(isOnTheList)
                    and not exists (select from completions c where c.enrolment_id = e.id and \(standsStill))
                union select run_id from waitings where person_id = \(ends) and ended_at is null)
            order by r.code limit 1
            """
        )
        if let row = run.first { throw Refusal(.mergeEnrolled, ["run": .text(try row["code"])]) }
        let (left, kept) = (
            try household(of: ends, in: tx), try household(of: goesOn, in: tx)
        )
        let company = try [left, kept].map { try others(in: $0, besides: [ends, goesOn], tx) }
        guard left == kept || company[0] == 0 || company[1] == 0 else {
            throw Refusal(.mergeTwoHouseholds)
        }
        return company[0] > 0 ? left : kept
    }

    private func others(
        in household: ID<Household>,
        besides files: [ID<Person>],
        _ tx: Transaction
    ) throws -> Int {
        try tx.query(
            """
            select count(*) from household_members
            where household_id = \(household) and left_on is null and person_id <> all(\(files))
            """
        )[0][0]
    }

    private func summary(of file: ID<Person>, in tx: Transaction) throws
        -> MergePreview.FileSummary
    {
        let row = try tx.query(
            """
            select \(PersonRow.columns), p.recorded_at,
                   (select count(*) from voucher_persons where person_id = n.person_id) as vouchers,
                   (select count(*) from sales where person_id = n.person_id) as tickets,
                   (select count(*) from enrolments where person_id = n.person_id) as courses,
                   (select count(*) from household_members o where o.household_id = n.household_id
                        and o.left_on is null and o.person_id <> n.person_id) as others
            from household_members n \(PersonRow.joins("n")) where n.person_id = \(file) and n.left_on is null
            """
        ).first
        guard let row else { throw Refusal(.personUnknown) }
        let openedAt: Instant = try row["recorded_at"]
        return MergePreview.FileSummary(
            person: try PersonRow(row),
            openedOn: openedAt.day,
            vouchers: try row["vouchers"],
            tickets: try row["tickets"],
            courses: try row["courses"],
            livesWith: try row["others"]
        )
    }
}
