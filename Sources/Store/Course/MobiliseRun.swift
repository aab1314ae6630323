import Postgres
public import Shop

/// A run as it is agreed with the structure that mobilises the parents.
public struct NewRun: Encodable, Sendable {
    let code: String
    let course: String
    let programme: String
    let structure: ID<Structure>
    let shop: ID<Shop>
    let facilitator: ID<User>
    let place: String
    let startsOn: Day

    public init(
        code: RunCode,
        course: ShortCode,
        programme: ShortCode,
        structure: ID<Structure>,
        shop: ID<Shop>,
        facilitator: ID<User>,
        place: String,
        startsOn: Day
    ) throws(Refusal) {
        self.code = code.text
        self.course = course.text
        self.programme = programme.text
        self.structure = structure
        self.shop = shop
        self.facilitator = facilitator
        self.place = try ShortText.optional(typed: place, field: .place)
        self.startsOn = startsOn
    }
}

extension Store {
    /// Opens a run of the course's latest version.
    /// Throws `courseUnknown`, `programmeUnknown`, `runOutsideProgramme`, `unknownThing` (structure, shop, facilitator), `nameTaken`.
    public func mobiliseRun(
        _ new: NewRun,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> Created<Run> {
        let id: ID<Run> = newID()
        return try await command(
            "mobilise-run",
            key: key,
            input: new,
            by: staff,
            facts: ["text": .text(new.code)]
        ) { tx, now in
            try staff.checkHolds(.courseKeepers, in: new.shop)
            let course = try tx.course(new.course)
            let programme = try tx.programme(coded: new.programme)
            try programme.checkOpen(on: new.startsOn)
            let found = try tx.pipeline([
                "select from structures where id = \(new.structure)",
                "select from shops where id = \(new.shop)",
                "select from users where id = \(new.facilitator)",
            ])
            for (rows, field) in zip(found, [FieldName.structure, .shop, .facilitator])
            where rows.isEmpty {
                throw Refusal(.unknownThing, ["text": .field(field)])
            }
            try tx.execute(
                """
                insert into runs (id, code, course_id, programme_id, structure_id, shop_id,
                                  facilitator_id, place, starts_on, recorded_at)
                values (\(id), \(new.code), \(course.id), \(programme.id), \(new.structure),
                        \(new.shop), \(new.facilitator), \(new.place), \(new.startsOn), \(now))
                """
            )
            return Created(id: id, code: new.code)
        }
    }
}

/// What verbs need of the run that they are about.
struct FoundRun {
    let id: ID<Run>
    let startsOn: Day
    /// Who mobilised it.
    let structure: ID<Structure>
    let place: String
}

extension Transaction {
    /// Throws `runUnknown`, also for a run of a shop outside `reach`.
    func run(_ code: String, in reach: Reach) throws -> FoundRun {
        let rows = try query(
            """
            select id, starts_on, structure_id, place from runs
            where code = \(code) and \(reach.condition("shop_id"))
            """
        )
        guard let row = rows.first else {
            throw Refusal(.runUnknown, ["code": .text(String(code.prefix(40)))])
        }
        return FoundRun(
            id: try row["id"],
            startsOn: try row["starts_on"],
            structure: try row["structure_id"],
            place: try row["place"]
        )
    }
}
