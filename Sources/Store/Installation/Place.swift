/// Where an installation's files lie and how its database is reached.
public struct Place: Sendable {
    /// The data folder: the private server, the heads of the chains.
    public let data: String
    /// Outside the database and its backups.
    public let keys: String
    /// Absent: the private server.
    public let databaseURL: String?
    /// A way in that may make roles and schemas, on a server of the user's; `migrate` alone uses it.
    public let ownerURL: String?
    /// The association's schema. Its roles are named after it.
    public let schema: String
    /// The folder of the files that the database is made from: `migrations/`, `views/`, `roles.sql`.
    public let sql: String

    public init(
        data: String,
        keys: String,
        databaseURL: String?,
        ownerURL: String?,
        schema: String,
        sql: String
    ) {
        self.data = data
        self.keys = keys
        self.databaseURL = databaseURL
        self.ownerURL = ownerURL
        self.schema = schema
        self.sql = sql
    }

    public var heads: String { data + "/heads" }
    public var cluster: String { data + "/postgres" }
}

/// The four roles of one association, so that none is shared with another one's.
public struct DatabaseRoles: Sendable {
    /// Owns the tables and migrates. Nobody signs in as it.
    public let owner: String
    /// The service. It takes the two that read by `set local role`.
    public let app: String
    public let prescriber: String
    public let report: String

    public init(schema: String) {
        owner = schema + "_owner"
        app = schema + "_app"
        prescriber = schema + "_prescriber"
        report = schema + "_report"
    }

    var all: [String] { [owner, app, prescriber, report] }
}
