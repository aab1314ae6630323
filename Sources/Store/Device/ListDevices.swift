import Postgres
public import Shop

/// A machine as lists show it.
public struct DeviceRow: Hashable, Sendable, Codable {
    public let id: ID<Device>
    public let label: String
    public let kind: DeviceKind
    public let maker: String
    public let model: String
    public let processor: String
    public let memoryMB: Int?
    /// Of all disks in it; 0 when none was read.
    public let storageGB: Int
    public let stage: DeviceStage
    /// How it left, while `stage` is `left`.
    public let exit: DeviceExit?
    public let shop: String
    /// The slip under which it travels, while `stage` is `inTransit`.
    public let transit: String?
    public let grade: Grade?
    public let price: Cents?
    /// Inspected since it is here, every item passed.
    public let inspected: Bool
    /// No disk in it is failing.
    public let sound: Bool
    /// Every disk in it erased and checked since it is here.
    public let erased: Bool
    /// Graded since it is here, with the disks that are in it, or of a kind that nobody grades.
    public let graded: Bool
    /// Found not to be sold by its last grading, of a kind that is graded.
    public let unsellable: Bool
    /// What goes with it is with it.
    public let complete: Bool
    public let reservedUntil: Day?
    /// Its open case of after-sales; nil when it has none.
    public let afterSales: String?
    /// Where in its shop it lies; nil where nobody said, and for what is not in stock.
    public let location: DeviceLocation?
    /// Since when it waits for what it waits for; nil where a list does not go by that.
    public private(set) var since: Instant?

    enum CodingKeys: String, CodingKey {
        case id, label, kind, maker, model, processor
        case memoryMB = "memory_mb"
        case storageGB = "storage_gb"
        case stage, exit, shop, transit, grade
        case price = "price_cents"
        case inspected, sound, erased, graded, unsellable, complete
        case reservedUntil = "reserved_until"
        case afterSales = "after_sales"
        case location, since
    }

    init(_ row: Row) throws {
        id = try row["id"]
        label = try row["label"]
        kind = try row["kind"]
        maker = try row["maker"]
        model = try row["model"]
        processor = try row["processor"]
        memoryMB = try row["memory_mb"]
        storageGB = try row["storage_gb"]
        let stay: Int? = try row["ordinal"]
        let exit: DeviceExit? = try row["exit"]
        let removed: DeviceExit? = try row["removed"]
        transit = try row["transit"]
        stage = DeviceStage(
            stay: stay,
            exit: exit,
            cameBack: try row["came_back"],
            removed: removed != nil,
            inTransit: transit != nil
        )
        self.exit = stage == .left ? removed ?? exit : nil
        shop = try row["shop"]
        grade = stage == .inWork || stage == .inTransit ? nil : try row["grade"]
        price = stage == .inWork || stage == .inTransit ? nil : try row["price_cents"]
        inspected = try row["inspected"]
        sound = try row["sound"]
        erased = try row["erased"]
        graded = try row["graded"]
        unsellable = try row["unsellable"]
        complete = try row["complete"]
        reservedUntil = try row["until_on"]
        afterSales = try row["after_sales"]
        location = try DeviceLocation(row)
    }

    /// Of a list that goes by how long machines wait, with its column `since`.
    init(waiting row: Row) throws {
        try self.init(row)
        since = try row["since"]
    }

    /// Nil for what left and waits for nothing.
    public var step: DeviceStep? {
        DeviceStep(
            stage,
            inspected: inspected,
            sound: sound,
            erased: erased,
            graded: graded,
            unsellable: unsellable,
            complete: complete,
            isReserved: reservedUntil != nil,
            hasCase: afterSales != nil
        )
    }

    /// What `init` reads, of machines `d`.
    static func columns(on day: Day) -> SQL {
        """
        d.id, d.label, d.kind, d.maker, d.model, d.processor, d.memory_mb,
        (select coalesce(sum(size_gb), 0) from device_disks k where k.device_id = d.id and k.removed_at is null)
            as storage_gb,
        \(LastStay.columns), h.name as shop, y.grade, y.price_cents,
        passed_inspection(d.id, \(day), b.since) as inspected, failing_disk(d.id, \(day)) is null as sound, all_erased(d.id, b.since) as erased,
        (not is_graded(d.kind, \(day)) or given_grade(d.id, b.since) is not null) as graded,
        is_graded(d.kind, \(day)) and coalesce(given_grade(d.id, b.since) = 'unsellable', false) as unsellable,
        missing_part(d.id, \(day), b.since) is null as complete,
        v.until_on, \(DeviceLocation.columns)
        """
    }

    /// A reservation whose day has passed holds nothing.
    static func joins(on day: Day) -> SQL {
        """
        \(DeviceLocation.joins)
        join shops h on h.id = \(LastStay.standsIn)
        left join reservations v on v.device_id = d.id and v.ended_at is null and v.until_on >= \(day)
        """
    }
}

extension Store {
    /// Machines, the last taken in first; by what they wait for or how long, the longest first. Each word of `matching` is in the
    /// label, maker, model or serial. Throws `choiceUnknown` where how long is asked of what left, `quantityOutOfRange` for more
    /// than a hundred years.
    /// - Parameters:
    ///   - filter: their stage, or what they wait for.
    ///   - olderThan: only those that have waited for more days than this.
    ///   - reach: the shops where they stand.
    ///   - after: the last part's `next`.
    public func devices(
        matching: String = "",
        at filter: DeviceFilter? = nil,
        olderThan days: Int? = nil,
        in reach: Reach = .everyShop,
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<DeviceRow> {
        let list = try DeviceListing(matching, at: filter, olderThan: days, in: reach, on: today)
        let limit = min(max(limit, 1), 200)
        return try await transaction(
            keepingPlans: list.isPlannedOnce,
            planningAnew: !list.isPlannedOnce
        ) { tx in try tx.devices(list, after: after, limit: limit) }
    }
}

/// Which machines a list shows.
struct DeviceListing: Sendable {
    let matching: String
    let filter: DeviceFilter?
    let olderThan: Int?
    let reach: Reach
    let day: Day

    init(
        _ matching: String,
        at filter: DeviceFilter?,
        olderThan days: Int?,
        in reach: Reach,
        on day: Day
    ) throws(Refusal) {
        if filter == .stage(.left), days != nil {
            throw Refusal.unknownStage(DeviceStage.left.rawValue)
        }
        if let days, !(0...36_500 ~= days) {
            throw Refusal(
                .quantityOutOfRange,
                ["field": .field(.olderThan), "least": .number(0), "most": .number(36_500)]
            )
        }
        self.matching = String(matching.prefix(200))
        self.filter = filter
        olderThan = days
        self.reach = reach
        self.day = day
    }

    /// Whether it searches for nothing, or asks of each machine what it waits for and since when: planned by the few rows that the
    /// server knows of, that took more than its five seconds.
    var isPlannedOnce: Bool {
        if case .step = filter { return true }
        return olderThan != nil || matching.allSatisfy(\.isWhitespace)
    }
}

extension Transaction {
    /// A part of a list, of `limit` machines at most.
    func devices(
        _ list: DeviceListing,
        after: String? = nil,
        limit: Int
    ) throws -> Paged<DeviceRow> {
        var named: SQL = "true"
        for word in try foldedWords(list.matching, in: self) {
            named = "\(named) and d.search like \(holdsPattern(word))"
        }
        let stage: DeviceStage?
        switch list.filter {
        case nil where list.olderThan == nil: stage = nil
        case .stage(let only)? where list.olderThan == nil: stage = only
        case nil, .stage?, .step?:
            var waiting = WaitingDevices(day: list.day, reach: list.reach, condition: named)
            return try self.waiting(
                &waiting,
                list.filter,
                olderThan: list.olderThan,
                after: after.flatMap { WaitingPlace($0) },
                limit: limit
            )
        }
        var source: SQL = "devices d"
        var conditions = named
        if let last = after.flatMap({ ID<Device>($0) }) {
            conditions = "\(conditions) and d.id < \(last)"
        }
        switch stage {
        case .onShelf?, .inWork?:
            source = WaitingDevices.source(stage)
            if let stage { conditions = "\(conditions) and \(oneByOne(stage.condition))" }
        case .left?:
            source = DeviceStage.notHeld(conditions)
            conditions = oneByOne(DeviceStage.left.condition)
        case .inTransit?: conditions = "\(conditions) and \(DeviceStage.inTransit.condition)"
        case nil: break
        }
        if case .shops = list.reach {
            conditions =
                "\(conditions) and \(oneByOne(list.reach.condition(LastStay.standsIn)))"
        }
        // The page first, planned by what is searched; then its columns, by key, by a plan that is kept: planning them takes
        // longer than reading them.
        let page: [ID<Device>] = try query(
            """
            select d.id from \(source) \(LastStay.joins) where \(conditions) order by d.id desc limit \(limit + 1)
            """
        ).map { try $0["id"] }
        try execute("set local plan_cache_mode = force_generic_plan")
        let rows = try query(
            """
            select \(DeviceRow.columns(on: list.day)) from devices d \(DeviceRow.joins(on: list.day))
            where d.id = any(\(page)) order by d.id desc
            """
        )
        return Paged(try rows.map { try DeviceRow($0) }, limit: limit) { $0.id.text }
    }

    fileprivate func waiting(
        _ waiting: inout WaitingDevices,
        _ filter: DeviceFilter?,
        olderThan days: Int?,
        after last: WaitingPlace?,
        limit: Int
    ) throws -> Paged<DeviceRow> {
        var conditions: SQL = "true"
        switch filter {
        case .stage(let stage)?: waiting.stage = stage
        case .step(let step)?:
            waiting.stage = step.stage
            conditions = "w.step = \(step.rawValue)"
        case nil: break
        }
        if let days {
            conditions =
                "\(conditions) and \(waiting.day)::date - paris_day(w.since) > \(days)::int"
        }
        if let last {
            conditions =
                "\(conditions) and (w.since, w.id) > (\(last.since)::timestamptz, \(last.id)::uuid)"
        }
        let rows = try query(
            """
            select p.since, \(DeviceRow.columns(on: waiting.day)) from (
                select w.id, w.since from (\(waiting.rows)) w where \(conditions) order by w.since, w.id limit \(limit + 1)) p
            join devices d on d.id = p.id \(DeviceRow.joins(on: waiting.day)) order by p.since, p.id
            """
        )
        return Paged(try rows.map { try DeviceRow(waiting: $0) }, limit: limit) { row in
            row.since.map { WaitingPlace(since: $0, id: row.id).text } ?? ""
        }
    }
}

/// Where a part of a list ends that begins with what waits longest: an instant and a machine.
private struct WaitingPlace {
    let since: Instant
    let id: ID<Device>

    init(since: Instant, id: ID<Device>) {
        self.since = since
        self.id = id
    }

    /// Nil for what no list gave.
    init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 1).map(String.init)
        // Between the years 1970 and 9999: what the database reads as an instant.
        guard parts.count == 2, let microseconds = Int64(parts[0]),
            0...253_402_300_799_999_999 ~= microseconds, let id = ID<Device>(parts[1])
        else { return nil }
        since = Instant(microseconds: microseconds)
        self.id = id
    }

    var text: String { "\(since.microseconds)_\(id.text)" }
}

/// A condition that the planner takes to hold of every second row: a list goes on in its order until its page is full. What it
/// makes of rows that most likely have no exit is that none comes, and it would sort them all.
func oneByOne(_ condition: SQL) -> SQL { "(case when \(condition) then true else false end)" }

extension DeviceStage {
    /// Machines `d` of which these conditions hold and that the shop no longer has in its hands, the last taken in first. They are
    /// sorted out before anything else is asked of them: those that are here stand at the head of that order.
    static func notHeld(_ conditions: SQL) -> SQL {
        """
        (select * from devices d where \(conditions) and not exists (
            select from waiting_devices m where m.device_id = d.id and m.device_id not in (
                select c.device_id from after_sales_cases c where not exists (
                    select from after_sales_ends e where e.device_id = c.device_id and e.ordinal = c.ordinal)))
         order by d.id desc offset 0) d
        """
    }

    /// What `init` decides, for rows to be left out before they are sent.
    var condition: SQL {
        let isRemoved: SQL = "\(LastStay.removal) is not null"
        switch self {
        case .onShelf: return "y.ordinal is not null and x.kind is null"
        case .inWork:
            return "(y.ordinal is null or x.kind is not null) and \(LastStay.isInStock)"
        case .inTransit:
            // Few are on their way: they lead, and no other machine is looked at.
            return """
                d.id in (select v.device_id from transfer_devices v where not exists (
                    select from transfer_ends e where e.device_id = v.device_id and e.ordinal = v.ordinal))
                """
        case .left:
            return """
                (\(isRemoved) or (x.kind in ('sale', 'gift', 'recycling', 'loss') and not \(LastStay.cameBack)))
                """
        }
    }
}
