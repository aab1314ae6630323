import Postgres
public import Shop

/// Somebody who is on a run's list, or waits for a seat.
public struct Enrolled: Hashable, Sendable, Codable {
    public let run: String
    public let person: String
    /// Nil for who waits.
    public let enrolment: ID<Enrolment>?
    /// In the waiting list, from 1; nil for who is on the list.
    public let place: Int?
}

extension Store {
    /// Puts a person on a run's list, once, and again after they were taken off it; where every seat is taken or others
    /// wait already, at the end of those who wait. Whoever sent them is the run's structure unless another is named.
    /// Throws `dayInFuture`, `runUnknown`, `personUnknown`, `unknownThing` (structure), `enrolledTwice`,
    /// `enrolledElsewhere` while they follow another run of the same course, `waitingAlready`.
    public func enrol(
        _ person: ID<Person>,
        in run: RunCode,
        sentBy structure: ID<Structure>? = nil,
        on day: Day? = nil,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Enrolled {
        let (enrolment, waiting): (ID<Enrolment>, ID<Waiting>) = (newID(), newID())
        let input = Input(person: person, run: run.text, structure: structure, day: day)
        return try await command("enrol", key: key, input: input, by: staff) { tx, now in
            let day = day ?? now.day
            try refuseFuture(day, .enrolledOn, now.day)
            let run = try tx.run(input.run, in: staff.reach(.courseKeepers))
            guard
                let code: String = try tx.query(
                    "select code from persons where id = \(person) for no key update"
                ).first?["code"]
            else { throw Refusal(.personUnknown) }
            try tx.lockRun(run.id)
            let sender = structure ?? run.structure
            guard !(try tx.query("select from structures where id = \(sender)").isEmpty) else {
                throw Refusal(.unknownThing, ["text": .field(.structure)])
            }
            try tx.refuseEnrolled(person, in: run.id)
            let seat = AskedSeat(
                enrolment: enrolment,
                waiting: waiting,
                person: person,
                run: run.id,
                structure: sender,
                referral: nil,
                day: day
            )
            let place = try tx.take(seat, at: now, by: staff)
            return Enrolled(
                run: input.run,
                person: code,
                enrolment: place == nil ? enrolment : nil,
                place: place
            )
        }
    }

    /// Puts whoever waits first on the run's list. Nobody moves up by itself: this is an act of the one who leads.
    /// Throws `runUnknown`, `nobodyWaits`, `runFull`, `enrolledElsewhere`.
    public func admitFirst(
        to run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Enrolled {
        let id: ID<Enrolment> = newID()
        return try await command("admit-first", key: key, input: run.text, by: staff) { tx, now in
            let found = try tx.run(run.text, in: staff.reach(.courseKeepers))
            // Persons before their run, as everywhere: whoever comes to wait meanwhile waits behind these.
            let locked: [ID<Person>] = try tx.query(
                """
                select id from persons where id in (
                    select person_id from waitings where run_id = \(found.id) and ended_at is null)
                order by id for no key update
                """
            ).map { try $0["id"] }
            try tx.lockRun(found.id)
            let rows = try tx.query(
                """
                select w.id, w.person_id, w.structure_id, w.prescriber_id, w.referred_id, p.code from waitings w join persons p on p.id = w.person_id
                where w.run_id = \(found.id) and w.ended_at is null order by w.turn limit 1
                """
            )
            guard let first = rows.first else { throw Refusal(.nobodyWaits) }
            let (waiting, person): (ID<Waiting>, ID<Person>) = try (
                first["id"], first["person_id"]
            )
            guard locked.contains(person) else { throw Refusal(.busy) }
            let seats = try tx.seats(of: found.id)
            if let most = seats.seats, seats.isFull {
                throw Refusal(.runFull, ["seats": .number(Int64(most))])
            }
            try tx.refuseEnrolled(person, in: found.id)
            let seat = AskedSeat(
                enrolment: id,
                waiting: waiting,
                person: person,
                run: found.id,
                structure: try first["structure_id"],
                referral: try AskedSeat.Referral(first),
                day: now.day
            )
            _ = try tx.pipeline([
                insert(seat, at: now, by: staff),
                """
                update waitings set ended_at = \(now), ended_by = \(staff.id), ended_how = 'enrolled'
                where id = \(waiting) and ended_at is null
                """,
            ])
            return Enrolled(run: run.text, person: try first["code"], enrolment: id, place: nil)
        }
    }

    /// How many a run takes from now on; nil: as many as come. Whoever is on the list stays on it.
    /// Throws `runUnknown`.
    public func setSeats(
        _ seats: Seats,
        of run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> SeatsSet {
        struct Input: Encodable, Sendable {
            let run: String
            let seats: Int?
        }
        let input = Input(run: run.text, seats: seats.count)
        return try await command("set-seats", key: key, input: input, by: staff) { tx, now in
            let found = try tx.run(input.run, in: staff.reach(.courseKeepers))
            try tx.lockRun(found.id)
            try tx.execute(
                """
                insert into run_seats (run_id, revision, seats, recorded_at, recorded_by)
                select \(found.id), coalesce(max(revision), 0) + 1, \(input.seats), \(now), \(staff.id)
                from run_seats where run_id = \(found.id)
                """
            )
            return SeatsSet(run: input.run, seats: input.seats)
        }
    }
}

/// How many a run takes.
public struct Seats: Hashable, Sendable {
    /// Nil: as many as come.
    public let count: Int?

    /// Nothing typed, or no number: no limit. Throws `quantityOutOfRange` outside 1…1000.
    public init(_ count: Int?) throws(Refusal) {
        if let count, !(1...1000).contains(count) {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.seats), "least": .number(1), "most": .number(1000)]
            )
        }
        self.count = count
    }
}

public struct SeatsSet: Codable, Sendable {
    public let run: String
    public let seats: Int?
}

/// The key of one stretch of waiting.
enum Waiting {}

/// How a run is filled, once its row is locked.
struct SeatsTaken {
    /// Nil: as many as come.
    let seats: Int?
    let enrolled: Int
    let waiting: Int

    var isFull: Bool { seats.map { enrolled >= $0 } ?? false }
}

/// Somebody who asks for a seat, with the key of either list.
struct AskedSeat {
    let enrolment: ID<Enrolment>
    let waiting: ID<Waiting>
    let person: ID<Person>
    let run: ID<Run>
    let structure: ID<Structure>
    /// Nil where the shop enrols them.
    let referral: Referral?
    let day: Day

    /// Which prescriber asks, and the file under which the structure's voucher names the person.
    struct Referral {
        let prescriber: ID<Prescriber>
        let file: ID<Person>

        init(prescriber: ID<Prescriber>, file: ID<Person>) {
            self.prescriber = prescriber
            self.file = file
        }

        /// Nil for a row that the shop wrote.
        init?(_ row: Row) throws {
            guard let prescriber: ID<Prescriber> = try row["prescriber_id"],
                let file: ID<Person> = try row["referred_id"]
            else { return nil }
            self.init(prescriber: prescriber, file: file)
        }
    }
}

extension Transaction {
    /// Puts somebody on the list; or behind those who wait, and gives the place, where every seat is taken or others wait
    /// already. The person's row and the run's are locked.
    func take(_ seat: AskedSeat, at now: Instant, by staff: Staff) throws -> Int? {
        let seats = try seats(of: seat.run)
        guard seats.isFull || seats.waiting > 0 else {
            try execute(insert(seat, at: now, by: staff))
            return nil
        }
        try execute(
            """
            insert into waitings (id, run_id, person_id, structure_id, asked_on, turn, recorded_at, recorded_by,
                                  prescriber_id, referred_id)
            select \(seat.waiting), \(seat.run), \(seat.person), \(seat.structure), \(seat.day), coalesce(max(turn), 0) + 1,
                   \(now), \(staff.id), \(seat.referral?.prescriber), \(seat.referral?.file)
            from waitings where run_id = \(seat.run)
            """
        )
        return seats.waiting + 1
    }

    fileprivate func seats(of run: ID<Run>) throws -> SeatsTaken {
        let row = try query(
            """
            select (select seats from run_seats where run_id = \(run) order by revision desc limit 1) as seats,
                   (select count(*) from enrolments e where e.run_id = \(run) and \(isOnTheList)) as enrolled,
                   (select count(*) from waitings where run_id = \(run) and ended_at is null) as waiting
            """
        )[0]
        return SeatsTaken(
            seats: try row["seats"],
            enrolled: try row["enrolled"],
            waiting: try row["waiting"]
        )
    }

    /// The code of whoever waits first where a seat is free.
    func nextWaiting(for run: ID<Run>) throws -> String? {
        if try seats(of: run).isFull { return nil }
        return try query(
            """
            select p.code from waitings w join persons p on p.id = w.person_id
            where w.run_id = \(run) and w.ended_at is null order by w.turn limit 1
            """
        ).first?["code"]
    }

    /// Throws `enrolledTwice`, or `enrolledElsewhere` for who is on the list of another run of the same course and has
    /// not finished it. The person's row is locked.
    fileprivate func refuseEnrolled(_ person: ID<Person>, in run: ID<Run>) throws {
        let rows = try query(
            """
            select r.id, r.code \(following(person, run))
            order by r.id = \(run) desc, r.code limit 1
            """
        )
        guard let row = rows.first else { return }
        let found: ID<Run> = try row["id"]
        if found == run { throw Refusal(.enrolledTwice) }
        throw Refusal(.enrolledElsewhere, ["run": .text(try row["code"])])
    }
}

/// Enrolments `e`, with their run `r`, by which somebody is on this run's list, or on that of another run of its course that
/// they have not finished.
func following(_ person: ID<Person>, _ run: ID<Run>) -> SQL {
    """
    from enrolments e join runs r on r.id = e.run_id join courses k on k.id = r.course_id
    where e.person_id = any(person_files(\(person))) and \(isOnTheList)
      and k.code = (select o.code from runs n join courses o on o.id = n.course_id where n.id = \(run))
      and (r.id = \(run) or not exists (select from completions c where c.enrolment_id = e.id and \(standsStill)))
    """
}

private func insert(_ seat: AskedSeat, at now: Instant, by staff: Staff) -> SQL {
    """
    insert into enrolments (id, run_id, person_id, structure_id, enrolled_on, recorded_at, recorded_by, prescriber_id,
                            referred_id, follows)
    values (\(seat.enrolment), \(seat.run), \(seat.person), \(seat.structure), \(seat.day), \(now), \(staff.id),
            \(seat.referral?.prescriber), \(seat.referral?.file),
            (select w.enrolment_id from withdrawals w join enrolments e on e.id = w.enrolment_id
             where e.run_id = \(seat.run) and e.person_id = \(seat.person)
               and not exists (select from enrolments b where b.follows = w.enrolment_id)))
    """
}

private struct Input: Encodable, Sendable {
    let person: ID<Person>
    let run: String
    let structure: ID<Structure>?
    let day: Day?
}

/// Throws `dayInFuture`.
func refuseFuture(_ day: Day, _ field: FieldName, _ today: Day) throws(Refusal) {
    guard day <= today else {
        throw Refusal(
            .dayInFuture,
            ["field": .field(field), "day": .day(day), "today": .day(today)]
        )
    }
}
