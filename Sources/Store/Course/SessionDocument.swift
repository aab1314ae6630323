public import Shop

/// A session as programs read it; its facilitator is a user, nobody who is served.
public struct SessionDocument: Codable, Sendable {
    public let id: ID<Session>
    public let run: String
    public let shop: String
    public let module: Int
    public let moduleName: String
    public let day: Day
    public let startsAt: TimeOfDay?
    public let minutes: Int
    public let place: String
    public let state: SessionRow.State
    public let moves: Int

    public init(_ row: SessionRow) {
        id = row.id
        run = row.run
        shop = row.shop
        module = row.module
        moduleName = row.moduleName
        day = row.day
        startsAt = row.startsAt
        minutes = row.minutes
        place = row.place
        state = row.state
        moves = row.moves
    }
}
