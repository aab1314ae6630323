/// Reads the log of nwipe, alone or in ShredOS, since version 0.28, which ends with a table of each drive's status; an
/// earlier log has no such table, and proves nothing.
struct Nwipe {
    private var version = ""
    private var verifiesAll = false
    /// What the lines since the last table say of each drive, by kernel name.
    private var runs: [String: Run] = [:]
    /// Kernel names in the order of their first line.
    private var order: [String] = []
    private var drives: [DriveErasure] = []
    private var table = Table.none

    /// Bytes that a drive may hold.
    private static let sizes = 1..<1_000_000_000_000_000

    private enum Table {
        case none, errors, status
    }

    private struct Run {
        var bus = ""
        var model: String?
        var serial: String?
        var bytes: Int?
        /// Whether `bytes` are counted, and not rounded to be shown.
        var hasExactSize = false
        var methodName: String?
        var started: LoggedTime?
        var ended: LoggedTime?
        /// Bytes that the shortest pass wrote.
        var least: Int?
        var isVerified = false
        /// It holds sectors that it does not show, which nothing wrote over.
        var isHiding = false
        var errors = ErasureErrors()
    }

    /// Whether a text holds what no other log does: a drive handed to a method, or the table at the end.
    static func recognises(_ text: [UInt8]) -> Bool {
        (text.holds("Invoking method '") && text.holds("] "))
            || (text.holds(" Drive Status ") && text.holds("| Thru-put |"))
    }

    static func log(in text: String) throws(HardwareRefusal.Cause) -> ErasureLog {
        var reader = Nwipe()
        for line in text.fileLines {
            // nwipe cuts its own lines at 512 bytes.
            if line.utf8.count <= 2_000 { try reader.read(line) }
        }
        for name in reader.order {
            if let run = reader.runs[name], run.methodName != nil {
                try reader.append(try reader.erasure(run, status: nil, seconds: nil))
            }
        }
        if reader.drives.isEmpty { throw .partOfAComputer(field: "Drive Status", value: "") }
        return ErasureLog(tool: "nwipe", toolVersion: reader.version, drives: reader.lastOfEach)
    }

    private mutating func read(_ line: Substring) throws(HardwareRefusal.Cause) {
        if line.contains(" Error Summary ") { return table = .errors }
        if line.contains(" Drive Status ") { return table = .status }
        switch table {
        case .errors where line.hasPrefix("****"): table = .none
        case .errors: readErrors(cells(line))
        case .status where line.hasPrefix("["):
            // The totals follow the table: what comes next is another run.
            table = .none
            runs = [:]
            order = []
            verifiesAll = false
            readMessage(line)
        case .status: try readStatus(cells(line))
        case .none: readMessage(line)
        }
    }

    private func cells(_ line: Substring) -> [String] {
        line.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(\.trimmed)
    }

    /// "! sdb | 1 | 0 | 0": the device, the errors of passes, of verifications and, since 0.32, of fdatasync.
    private mutating func readErrors(_ cells: [String]) {
        guard cells.count >= 3, let name = deviceName(cells[0]),
            let writing = JSON.text(cells[1]).whole, let verifying = JSON.text(cells[2]).whole
        else { return }
        change(name) { run in
            run.errors.writing = max(run.errors.writing, min(writing, 1_000_000_000))
            run.errors.verifying = max(run.errors.verifying, min(verifying, 1_000_000_000))
            let syncing = cells.count > 3 ? JSON.text(cells[3]).whole ?? 0 : 0
            run.errors.syncing = max(run.errors.syncing, min(syncing, 1_000_000_000))
        }
    }

    /// "sda | Erased | 140 MB/s | 01:58:58 | ST1000DM003/Z1D0ABCD".
    private mutating func readStatus(_ cells: [String]) throws(HardwareRefusal.Cause) {
        guard cells.count == 5, let name = deviceName(cells[0]), cells[1] != "Status" else {
            return
        }
        change(name) { run in
            let slash = cells[4].lastIndex(of: "/") ?? cells[4].endIndex
            let serial = cells[4][slash...].dropFirst().trimmed
            if run.model == nil { run.model = cells[4][..<slash].trimmed }
            // The table is the final word: a serial that it masks is masked.
            run.serial = serial
        }
        let run = runs.removeValue(forKey: name) ?? Run()
        try append(try erasure(run, status: cells[1], seconds: seconds(cells[3])))
    }

    private func deviceName(_ cell: String) -> String? {
        let name = cell.drop { $0 == "!" || $0 == " " }
        return name.isEmpty || name.count > 40 || name.hasPrefix("-") || name == "Device"
            ? nil : String(name)
    }

    /// "26:03:07": hours go on beyond a day.
    private func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { JSON.text(String($0)).whole }
        guard parts.count == 3, let hours = parts[0], let minutes = parts[1],
            let seconds = parts[2], hours < 100_000, minutes < 60, seconds < 60
        else { return nil }
        return hours * 3600 + minutes * 60 + seconds
    }

    /// "[2023/03/11 20:40:30]  notice: Finished pass 1/1, round 1/1, on /dev/sda".
    private mutating func readMessage(_ line: Substring) {
        var message = line
        var time: LoggedTime?
        if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
            time = LoggedTime(read: line[line.index(after: line.startIndex)..<end].trimmed)
            message = line[line.index(after: end)...]
        }
        var text = message.trimmed
        if text.hasPrefix("nwipe: ") { text = text.dropFirst(7).trimmed }
        let level = text.prefix { $0 != ":" && $0 != " " }
        if text.dropFirst(level.count).first == ":" {
            text = text.dropFirst(level.count + 1).trimmed
        }
        readProgram(text)
        guard let name = Self.device(in: text) else { return }
        change(name) { run in
            if level == "error" || level == "fatal" { run.errors.writing += 1 }
            if text.hasPrefix("[FAILURE]") { run.errors.verifying += 1 }
            if run.methodName != nil, let time { run.ended = time }
            Self.read(text, at: time, into: &run)
        }
    }

    private mutating func readProgram(_ text: String) {
        if text.hasPrefix("nwipe 0.") || text.hasPrefix("nwipe v0.") {
            version = String(text.dropFirst(6).prefix(20).filter { $0.isDigit || $0 == "." })
        }
        if text.hasPrefix("verify"), let equals = text.firstIndex(of: "=") {
            let value = text[equals...].dropFirst().trimmed
            verifiesAll = value.hasPrefix("1") || value.hasPrefix("2")
        }
    }

    private static func read(_ text: String, at time: LoggedTime?, into run: inout Run) {
        if text.hasPrefix("Found /dev/") {
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
            if parts.count >= 4 {
                run.bus = parts[1].lowercased()
                run.model = parts[2]
                run.bytes = run.bytes ?? bytes(parts[3])
            }
            if let place = text.firstRange(of: "S/N=") {
                run.serial = run.serial ?? text[place.upperBound...].trimmed
            }
        } else if let place = text.firstRange(of: " has serial number ") {
            run.serial = text[place.upperBound...].trimmed
        } else if let place = text.firstRange(of: "sect/blk/dev ") {
            let last = text[place.upperBound...].split(separator: "/").last.map(String.init)
            if let bytes = JSON.text(last ?? "").whole, Self.sizes ~= bytes {
                run.bytes = bytes
                run.hasExactSize = true
            }
        } else if let place = text.firstRange(of: "Invoking method '") {
            // What went wrong in a wipe that was cut off before its table is of that one.
            if run.methodName != nil { run.errors = ErasureErrors() }
            run.methodName = String(text[place.upperBound...].prefix { $0 != "'" }.prefix(100))
            run.started = time
            run.ended = nil
            run.least = nil
            run.isVerified = false
        } else if text.contains(" bytes written to ") {
            if let written = JSON.text(String(text.prefix { $0.isDigit })).whole,
                Self.sizes ~= written
            {
                run.least = min(run.least ?? written, written)
            }
        } else if text.contains("HIDDEN SECTORS DETECTED")
            || text.contains("host protected area is enabled")
        {
            run.isHiding = true
        } else if text.contains("No hidden sectors on ") {
            run.isHiding = false
        } else if text.contains("Verified pass ") || text.contains("Verified that ") {
            run.isVerified = true
        }
    }

    /// "1000 GB", "160GB", "7864 MB": roughly, and good enough to tell minutes from hours.
    private static func bytes(_ text: String) -> Int? {
        guard let size = JSON.text(String(text.prefix { $0.isDigit })).whole, size < 1_000_000
        else {
            return nil
        }
        let units = ["MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000]
        return units[text.suffix(2).uppercased()].map { size * $0 }
    }

    /// "sda" of "… on /dev/sda", "device '/dev/sda'.".
    private static func device(in text: String) -> String? {
        guard let place = text.firstRange(of: "/dev/") else { return nil }
        let name = text[place.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        return name.isEmpty || name == "mapper" ? nil : String(name.prefix(40))
    }

    /// A log names more drives than it erases; beyond a rack's worth of names it is no log.
    private mutating func change(_ name: String, _ edit: (inout Run) -> Void) {
        if runs[name] == nil {
            guard runs.count < HardwareFile.partsMax else { return }
            order.append(name)
        }
        edit(&runs[name, default: Run()])
    }

    private func erasure(
        _ run: Run,
        status: String?,
        seconds: Int?
    ) throws(HardwareRefusal.Cause) -> DriveErasure {
        let model = try ReadName.genuine(run.model.map { .text($0) }, field: "Model")
        let text = try ReadName.clean(run.serial.map { .text($0) }, field: "Serial Number")
        let serial = text.flatMap { Serial(read: $0, beside: [model]) }
        let methodName = run.methodName ?? ""
        let method = ErasureMethod(named: methodName)
        let kind = DiskKind(model: model ?? "")
        let known = run.bytes

        var doubts: [ErasureDoubt] = []
        switch status?.lowercased() {
        case nil: doubts.append(.unfinished)
        case "erased": break
        case "uaborted": doubts.append(.aborted)
        default: doubts.append(.failed)
        }
        if run.errors.count > 0 { doubts.append(.errors) }
        if methodName.lowercased().contains("verify") {
            doubts.append(.onlyVerified)
        } else if method == nil {
            doubts.append(.methodUnknown)
        }
        let wroteLess = run.hasExactSize && (run.least ?? .max) < (known ?? 0)
        if run.isHiding || wroteLess { doubts.append(.partial) }
        if status != nil, method == .overwrite || method == nil {
            let most = ErasureSpeed.most(kind, bus: run.bus)
            if ErasureSpeed.isTooQuick(seconds: seconds ?? 0, bytes: known ?? run.least, most: most)
            {
                doubts.append(.tooQuick)
            }
        }
        if serial == nil { doubts.append(.serialUnknown) }

        return DriveErasure(
            model: model,
            serial: serial,
            sizeGB: (known ?? run.least).map { ($0 + 500_000_000) / 1_000_000_000 },
            methodName: methodName,
            method: method,
            started: run.started,
            ended: run.ended,
            durationSeconds: seconds,
            isVerified: (run.isVerified || verifiesAll) && run.errors.verifying == 0,
            errors: run.errors,
            doubts: doubts
        )
    }

    private mutating func append(_ drive: DriveErasure) throws(HardwareRefusal.Cause) {
        if drives.count == HardwareFile.partsMax {
            throw .tooManyValues(most: HardwareFile.partsMax)
        }
        drives.append(drive)
    }

    /// The last of each drive, in their order; those without a serial may be any drive's, and stay.
    private var lastOfEach: [DriveErasure] {
        var seen: Set<String> = []
        let last = drives.reversed().filter { drive in
            drive.serial.map { seen.insert($0.normalised).inserted } ?? true
        }
        return last.reversed()
    }
}
