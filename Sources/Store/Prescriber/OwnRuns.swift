import Postgres
public import Shop

/// A run as a structure sees it: what there is to say to a family, how many seats are left, and the structure's own people.
public struct OwnRun: Hashable, Sendable, Codable {
    public let code: String
    /// The course's name.
    public let course: String
    public let shop: String
    public let address: String
    /// Where it is held; empty: at the shop.
    public let place: String
    public let startsOn: Day
    /// The first session, as it was planned or held; nil while none is.
    public let firstSession: FirstSession?
    /// Nil: as many as come.
    public let seatsLeft: Int?
    /// How many wait for a seat, whoever sent them; nil, as are the seats, where the structure may enrol nobody.
    public let waiting: Int?
    /// Whether this structure may still enrol people.
    public let takesPeople: Bool
    /// Whether its first session has begun: from then on only the shop takes people off its list.
    public let hasBegun: Bool
    /// Whom the structure enrolled itself, by name.
    public let people: [OwnEnrolment]

    public struct FirstSession: Hashable, Sendable, Codable {
        public let day: Day
        /// Nil for one that was held without a plan.
        public let startsAt: TimeOfDay?
        public let minutes: Int
        public let place: String
    }

    /// Whoever is enrolled now goes to the waiting list.
    public var isFull: Bool { seatsLeft == 0 || (waiting ?? 0) > 0 }
}

/// Somebody whom the structure enrolled in a run.
public struct OwnEnrolment: Hashable, Sendable, Codable {
    /// The code of the file that the structure's voucher names.
    public let code: String
    /// Nil once the identity is erased.
    public let name: String?
    public let askedOn: Day
    public let state: State
    /// The place of whoever waits, from 1.
    public let place: Int?
    /// The day on which it ended; nil while it goes on.
    public let endedOn: Day?

    public enum State: String, CaseIterable, Sendable, Codable {
        case enrolled, waiting, withdrawn, finished

        public func name(in language: Language) -> String {
            switch self {
            case .enrolled: language.choose("inscription faite", "enrolled")
            case .waiting: language.choose("liste d’attente", "waiting list")
            case .withdrawn: language.choose("désinscription faite", "taken off")
            case .finished: language.choose("parcours achevé", "finished")
            }
        }
    }

    public var isOpen: Bool { state == .enrolled || state == .waiting }
}

extension Store {
    /// Runs to come or under way that are offered to the prescriber's structure, and every run on which it has people; the
    /// latest first. `after` is the last part's `next`.
    ///
    /// The service finds them and the database's prescriber sees them again (F2). How many seats are left is counted over
    /// everybody, of whom the prescriber sees nobody: these numbers are all that crosses.
    public func ownRuns(
        by staff: Staff,
        after code: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<OwnRun> {
        let structure = try staff.referring().structure
        let limit = min(max(limit, 1), 200)
        let now = clock.now()
        let found = try await transaction { tx -> [OfferedRun] in
            var later: SQL = "true"
            if let code {
                // Of a run that is not offered, not even its day is told.
                let last = try tx.offers(
                    to: structure,
                    where: "r.code = \(code)",
                    limit: 1,
                    at: now
                )
                guard let last = last.first else { return [] }
                later = "(r.starts_on, r.code) < (\(last.startsOn)::date, \(last.code)::text)"
            }
            return try tx.offers(to: structure, where: later, limit: limit + 1, at: now)
        }
        let part = Paged(found, limit: limit, key: \.code)
        return Paged(items: try await shown(part.items, to: structure), next: part.next)
    }

    /// Throws `runUnknown`, also for a run that is not offered to the structure.
    public func ownRun(_ code: RunCode, by staff: Staff) async throws -> OwnRun {
        let structure = try staff.referring().structure
        let now = clock.now()
        let found = try await transaction { tx in
            try tx.offers(to: structure, where: "r.code = \(code.text)", limit: 1, at: now)
        }
        guard let run = try await shown(found, to: structure).first else {
            throw Refusal(.runUnknown, ["code": .text(code.text)])
        }
        return run
    }

    /// People whom a voucher of the structure names, the last referred first; of those whose name holds every word of `text`, or
    /// whose code it is. Twenty at most: it is the structure's own list, and no search among people.
    /// Without those who are on the list of `run` already, wait for it or have finished it.
    public func ownPeople(
        matching text: String = "",
        notOn run: RunCode? = nil,
        by staff: Staff
    ) async throws -> [OwnPerson] {
        let text = try ShortText.optional(typed: text, field: .search)
        let code = PersonCode(text)?.text
        return try await reading(of: staff.referring().structure) { tx in
            let patterns = try foldedWords(searchedName(text), in: tx).map(holdsPattern)
            return try tx.query(
                """
                select id, code, trim(given_name || ' ' || family_name) as name from prescriber_persons
                where (code = \(code)
                   or fold(translate(given_name || ' ' || family_name, '-‐‑–''’ʼ', '    ')) like all (\(patterns)::text[]))
                  and code not in (select e.code from prescriber_enrolments e join prescriber_runs r on r.id = e.run_id
                                   where r.code = \(run?.text) and e.left_on is null)
                group by id, code, given_name, family_name order by max(voucher_id::text) desc, id limit 20
                """
            ).map { try OwnPerson($0) }
        }
    }

    /// Those runs that the database shows the structure, each with the structure's own people.
    private func shown(_ runs: [OfferedRun], to structure: ID<Structure>) async throws -> [OwnRun] {
        let ids = runs.map(\.id)
        return try await reading(of: structure) { tx in
            let rows = try tx.pipeline([
                "select id from prescriber_runs where id = any(\(ids))",
                """
                select * from (
                    select distinct on (run_id, person_id) run_id, code, family_name,
                           trim(given_name || ' ' || family_name) as name, asked_on, turn, left_on, completed_on
                    from prescriber_enrolments where run_id = any(\(ids))
                    order by run_id, person_id, recorded_at desc) latest
                order by family_name collate "fr-x-icu", name collate "fr-x-icu", code
                """,
            ])
            let visible = Set(try rows[0].map { row -> ID<Run> in try row["id"] })
            let people = try Dictionary(grouping: rows[1]) { row -> ID<Run> in try row["run_id"] }
            return try runs.filter { visible.contains($0.id) }.map { run in
                run.shown(
                    with: try (people[run.id] ?? []).map { try OwnEnrolment($0, run.turns) }
                )
            }
        }
    }
}

/// A run as the service finds it for a structure, without anybody.
struct OfferedRun: Sendable {
    let id: ID<Run>
    let code: String
    let course: String
    let shop: String
    let address: String
    let place: String
    let startsOn: Day
    let first: SessionRow?
    let seats: Int?
    let enrolled: Int
    /// The turns of those who wait, the first first.
    let turns: [Int]
    let takesPeople: Bool
    /// Whether it is this structure that mobilises it.
    let isMobilised: Bool
    let hasBegun: Bool

    fileprivate func shown(with people: [OwnEnrolment]) -> OwnRun {
        OwnRun(
            code: code,
            course: course,
            shop: shop,
            address: address,
            place: place,
            startsOn: startsOn,
            firstSession: first.map {
                OwnRun.FirstSession(
                    day: $0.day,
                    startsAt: $0.startsAt,
                    minutes: $0.minutes,
                    place: $0.place
                )
            },
            seatsLeft: takesPeople ? seats.map { max(0, $0 - enrolled) } : nil,
            waiting: takesPeople ? turns.count : nil,
            takesPeople: takesPeople,
            hasBegun: hasBegun,
            people: people
        )
    }
}

extension Transaction {
    /// Runs that take people of the structure and are not over, and those on which it has people; the latest first. `condition`
    /// is on `runs r`. A run is over once its programme is, or every module was held.
    func offers(
        to structure: ID<Structure>,
        where condition: SQL,
        limit: Int,
        at now: Instant
    ) throws -> [OfferedRun] {
        let joined: SQL = """
            select e.run_id from enrolments e where \(byStructure("e", structure))
            union select w.run_id from waitings w where \(byStructure("w", structure))
            """
        let rows = try query(
            """
            select * from (
                select r.id, r.code, c.name as course, h.name as shop,
                       h.address || ', ' || h.postal_code || ' ' || h.city as address, r.place, r.starts_on,
                       (select seats from run_seats where run_id = r.id order by revision desc limit 1) as seats,
                       (select count(*) from enrolments e where e.run_id = r.id and \(isOnTheList)) as enrolled,
                       r.structure_id = \(structure) as is_mobilised,
                       array(select turn from waitings where run_id = r.id and ended_at is null order by turn) as turns,
                       (r.structure_id = \(structure)
                        or exists (select from run_openings where run_id = r.id and ended_at is null))
                       and p.ends_on >= \(now.day)
                       and exists (select from modules m where m.course_id = r.course_id and not exists (
                                   select from sessions s where s.run_id = r.id and s.module_id = m.id)) as takes_people
                from runs r join courses c on c.id = r.course_id join shops h on h.id = r.shop_id
                     join programmes p on p.id = r.programme_id
                where \(condition) and r.id in (
                    select id from runs where structure_id = \(structure)
                    union select run_id from run_openings where ended_at is null
                    union \(joined))) r
            where takes_people or id in (\(joined))
            order by starts_on desc, code desc limit \(limit)
            """
        )
        let ids: [ID<Run>] = try rows.map { try $0["id"] }
        let firsts = try firstSessions(of: ids)
        return try rows.map { row in
            let (code, startsOn): (String, Day) = (try row["code"], try row["starts_on"])
            let first = firsts[code]
            return OfferedRun(
                id: try row["id"],
                code: code,
                course: try row["course"],
                shop: try row["shop"],
                address: try row["address"],
                place: try row["place"],
                startsOn: startsOn,
                first: first,
                seats: try row["seats"],
                enrolled: try row["enrolled"],
                turns: try row["turns"],
                takesPeople: try row["takes_people"],
                isMobilised: try row["is_mobilised"],
                hasBegun: first?.hasBegun(at: now) ?? false
            )
        }
    }
}

/// What the structure wrote down itself, in the portal.
func byStructure(_ table: SQL, _ structure: ID<Structure>) -> SQL {
    "\(table).structure_id = \(structure) and \(table).prescriber_id is not null"
}

/// The same where one table alone has these columns.
func byStructure(_ structure: ID<Structure>) -> SQL {
    "structure_id = \(structure) and prescriber_id is not null"
}

extension SessionRow {
    /// Held, or its hour has come.
    fileprivate func hasBegun(at now: Instant) -> Bool {
        state == .held || day < now.day
            || (day == now.day && (startsAt?.clock ?? "") <= now.clock)
    }
}

extension OwnEnrolment {
    /// - Parameter turns: of everybody who waits for the run, the first first.
    fileprivate init(_ row: Row, _ turns: [Int]) throws {
        let turn: Int? = try row["turn"]
        let (left, completed): (Day?, Day?) = (try row["left_on"], try row["completed_on"])
        let state: State =
            completed != nil
            ? .finished : left != nil ? .withdrawn : turn != nil ? .waiting : .enrolled
        self.init(
            code: try row["code"],
            name: try row["name"],
            askedOn: try row["asked_on"],
            state: state,
            place: turn.map { turn in turns.count { $0 <= turn } },
            endedOn: completed ?? left
        )
    }
}
