import Postgres
public import Shop

extension Store {
    /// Enrols somebody whom a voucher of the prescriber's structure names, or lets them wait, as the counter does: on no right,
    /// since a course takes whoever comes. The list is under the person's file that goes on, of which the structure is told
    /// nothing.
    ///
    /// Throws `prescribersOnly`, `runUnknown` for a run that is not offered, `personUnknown` for someone whom no voucher of
    /// the structure names, `agreementOver`, `runTakesNobody`; `enrolledTwice`, `waitingAlready` and `enrolledElsewhere` for
    /// whom the structure enrolled itself, and `enrolmentAskShop` for whom anybody else did, whatever it is that they did.
    public func enrolOwn(
        _ person: PersonCode,
        in run: RunCode,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Enrolled {
        struct Input: Encodable, Sendable {
            let run: String
            let person: ID<Person>
        }
        let place = try staff.referring()
        _ = try await ownRun(run, by: staff)
        let own = try await ownPerson(person, by: staff)
        let (enrolment, waiting): (ID<Enrolment>, ID<Waiting>) = (newID(), newID())
        let input = Input(run: run.text, person: own.id)
        return try await command("enrol-own", key: key, input: input, by: staff) { tx, now in
            let agreement = try tx.agreements(of: place.structure).standing(on: now.day)
            guard let agreement, agreement.covers(now.day) else {
                throw Refusal(
                    .agreementOver,
                    ["day": .day(now.day), "period": agreement?.period ?? .text("")]
                )
            }
            let (file, offer) = try tx.lock(own.id, and: run, offeredTo: place.structure, at: now)
            guard offer.takesPeople else {
                throw Refusal(.runTakesNobody, ["run": .text(run.text)])
            }
            try tx.refuseFollowing(file, offer.id, for: place.structure)
            let seat = AskedSeat(
                enrolment: enrolment,
                waiting: waiting,
                person: file,
                run: offer.id,
                structure: place.structure,
                referral: AskedSeat.Referral(prescriber: place.prescriber, file: own.id),
                day: now.day
            )
            let place = try tx.take(seat, at: now, by: staff)
            return Enrolled(
                run: run.text,
                person: own.code,
                enrolment: place == nil ? enrolment : nil,
                place: place
            )
        }
    }

    /// Throws `personUnknown` for someone whom no voucher of the structure names, known or not.
    func ownPerson(_ code: PersonCode, by staff: Staff) async throws -> OwnPerson {
        guard let own = try await ownPersons([code], by: staff).first else {
            throw Refusal(.personUnknown)
        }
        return own
    }
}

extension Transaction {
    /// Locks the file that goes on, then the run, as every enrolment does, and reads what the run offers then. Throws `busy`
    /// when the file was merged meanwhile, `runUnknown` also for a run that is offered no more.
    func lock(
        _ person: ID<Person>,
        and run: RunCode,
        offeredTo structure: ID<Structure>,
        at now: Instant
    ) throws -> (ID<Person>, OfferedRun) {
        let file: ID<Person>
        do { file = try lockPerson(person) } catch is LockedTooLittle { throw Refusal(.busy) }
        let found = try self.run(run.text, in: .everyShop).id
        try lockRun(found)
        let offers = try offers(to: structure, where: "r.id = \(found)", limit: 1, at: now)
        guard let offer = offers.first else {
            throw Refusal(.runUnknown, ["code": .text(run.text)])
        }
        return (file, offer)
    }

    /// Throws why somebody who follows the course, or waits for this run, is not enrolled. What the structure did itself it
    /// is told; of what the shop or another structure did it learns neither what, nor where, nor by whom: one answer for all.
    fileprivate func refuseFollowing(
        _ person: ID<Person>,
        _ run: ID<Run>,
        for structure: ID<Structure>
    ) throws {
        let rows = try query(
            """
            select r.id, r.code, false as waits, coalesce(\(byStructure("e", structure)), false) as is_own
            from enrolments e join runs r on r.id = e.run_id join courses k on k.id = r.course_id
            where e.person_id = any(person_files(\(person))) and \(isOnTheList)
              and k.code = (select o.code from runs n join courses o on o.id = n.course_id where n.id = \(run))
              and (r.id = \(run) or not exists (select from completions c
                                                where c.enrolment_id = e.id and \(standsStill)))
            union all
            select w.run_id, '', true, coalesce(\(byStructure("w", structure)), false)
            from waitings w
            where w.person_id = any(person_files(\(person))) and w.run_id = \(run) and w.ended_at is null
            order by is_own desc, waits, code limit 1
            """
        )
        guard let row = rows.first else { return }
        guard try row["is_own"] else { throw Refusal(.enrolmentAskShop) }
        if try row["waits"] { throw Refusal(.waitingAlready) }
        if try row["id"] as ID<Run> == run { throw Refusal(.enrolledTwice) }
        throw Refusal(.enrolledElsewhere, ["run": .text(try row["code"])])
    }
}
