import Postgres
public import Shop

/// Somebody whom a structure took off a run's list. Who waits next is the shop's to know.
public struct OwnWithdrawn: Hashable, Sendable, Codable {
    public let run: String
    public let person: String
    public let leftOn: Day
}

extension Store {
    /// Takes somebody whom the prescriber's structure enrolled itself off a run's list, or off those who wait, until its first
    /// session begins. Throws `prescribersOnly`, `runUnknown`, `ownPersonUnknown`, `busy` when the file was merged meanwhile,
    /// `ownNotEnrolled` for whom the structure did not enrol, whoever did, and `withdrawalTooLate`.
    public func withdrawOwn(
        _ person: PersonCode,
        from run: RunCode,
        motive: ShortText,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> OwnWithdrawn {
        struct Input: Encodable, Sendable {
            let run: String
            let person: ID<Person>
            let motive: String
        }
        let structure = try staff.referring().structure
        _ = try await ownRun(run, by: staff)
        let own = try await ownPerson(person, by: staff)
        let input = Input(run: run.text, person: own.id, motive: motive.text)
        return try await command("withdraw-own", key: key, input: input, by: staff) { tx, now in
            let (file, offer) = try tx.lock(own.id, and: run, offeredTo: structure, at: now)
            guard !offer.hasBegun else {
                throw Refusal(.withdrawalTooLate, ["run": .text(run.text)])
            }
            do {
                try tx.takeOff(
                    file,
                    from: offer.id,
                    enrolledBy: structure,
                    for: motive,
                    at: now,
                    by: staff
                )
            } catch let refusal as Refusal where refusal.reason == .finishedAlready {
                // It names the attestation, which opens a right to whoever holds its number.
                throw Refusal(.withdrawalTooLate, ["run": .text(run.text)])
            } catch let refusal as Refusal where refusal.reason == .notEnrolled {
                throw Refusal(.ownNotEnrolled)
            }
            return OwnWithdrawn(run: run.text, person: own.code, leftOn: now.day)
        }
    }
}
