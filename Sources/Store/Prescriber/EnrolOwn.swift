import Postgres
public import Shop

extension Store {
    /// Enrols somebody whom a voucher of the prescriber's structure names, or lets them wait, as the counter does: on no right,
    /// since a course takes whoever comes. The list is under the person's file that goes on, of which the structure is told
    /// nothing.
    ///
    /// Throws `prescribersOnly`, `runUnknown` for a run that is not offered, `ownPersonUnknown` for someone whom no voucher of
    /// the structure names, `ownAgreementOver`, `busy` when the file was merged meanwhile, `runTakesNobody`; `enrolledTwice`,
    /// `waitingAlready` and `ownEnrolledElsewhere` for whom the structure enrolled itself, and `enrolmentAskShop` for whom
    /// anybody else did, whatever it is that they did; `ownEnrolmentsTooMany` on a run that another structure mobilises.
    /// An agreement that ends at the same moment lets this one pass.
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
        let referring = try staff.referring()
        _ = try await ownRun(run, by: staff)
        let own = try await ownPerson(person, by: staff)
        let (enrolment, waiting): (ID<Enrolment>, ID<Waiting>) = (newID(), newID())
        let input = Input(run: run.text, person: own.id)
        return try await command("enrol-own", key: key, input: input, by: staff) { tx, now in
            let agreement = try tx.agreements(of: referring.structure).standing(on: now.day)
            guard let agreement, agreement.covers(now.day) else {
                throw Refusal(.ownAgreementOver, ["day": .day(now.day)])
            }
            let (file, offer) = try tx.lock(
                own.id,
                and: run,
                offeredTo: referring.structure,
                at: now
            )
            guard offer.takesPeople else {
                throw Refusal(.runTakesNobody, ["run": .text(run.text)])
            }
            try tx.refuseFollowing(file, offer.id, for: referring.structure)
            if !offer.isMobilised {
                try tx.refuseMore(in: offer.id, for: referring.structure, on: now.day)
            }
            let seat = AskedSeat(
                enrolment: enrolment,
                waiting: waiting,
                person: file,
                run: offer.id,
                structure: referring.structure,
                referral: AskedSeat.Referral(prescriber: referring.prescriber, file: own.id),
                day: now.day
            )
            let rank = try tx.take(seat, at: now, by: staff)
            return Enrolled(
                run: run.text,
                person: own.code,
                enrolment: rank == nil ? enrolment : nil,
                place: rank
            )
        }
    }

    /// Throws `ownPersonUnknown` for someone whom no voucher of the structure names, known or not.
    func ownPerson(_ code: PersonCode, by staff: Staff) async throws -> OwnPerson {
        guard let own = try await ownPersons([code], by: staff).first else {
            throw Refusal(.ownPersonUnknown)
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
            \(following(person, run))
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
        throw Refusal(.ownEnrolledElsewhere, ["run": .text(try row["code"])])
    }

    /// Throws `ownEnrolmentsTooMany`: nobody takes all the seats of a run that is open to every structure. The run is locked.
    fileprivate func refuseMore(in run: ID<Run>, for structure: ID<Structure>, on day: Day) throws {
        let most = try number("structure_enrolments_most", on: day)
        let taken: Int = try query(
            """
            select (select count(*) from enrolments e
                    where e.run_id = \(run) and \(byStructure("e", structure)) and \(isOnTheList))
                 + (select count(*) from waitings w
                    where w.run_id = \(run) and \(byStructure("w", structure)) and w.ended_at is null)
            """
        )[0][0]
        if taken >= most {
            throw Refusal(.ownEnrolmentsTooMany, ["most": .number(Int64(most))])
        }
    }
}
