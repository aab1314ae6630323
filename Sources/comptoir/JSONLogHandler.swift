import Foundation
import Logging

/// The log as one JSON object a line on standard error, for machines and for grep.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info
    private let label: String

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = time.tv_sec
        var broken = tm()
        gmtime_r(&parts, &broken)
        var stamp = [CChar](repeating: 0, count: 32)
        let length = strftime(&stamp, 32, "%Y-%m-%dT%H:%M:%S", &broken)
        let seconds = String(
            decoding: stamp.prefix(length).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        let milliseconds = String(time.tv_nsec / 1_000_000 + 1000).dropFirst()
        var line = "{\"at\":\"\(seconds).\(milliseconds)Z\",\"level\":\"\(event.level.rawValue)\""
        line += ",\"message\":\(Self.quoted(event.message.description))"
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) where key != "hb.request.id" {
            line += ",\(Self.quoted(key)):\(Self.quoted(value.description))"
        }
        FileHandle.standardError.write(Data((line + "}\n").utf8))
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20: quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
