import Foundation
import HTTPTypes
import Shop

@testable import Till

/// A line of access.txt.
struct AccessLine: Sendable {
    let method: String
    let path: String
    /// Another shop's answers as if it were not there.
    let isOwn: Bool
    let who: String

    /// Every line, in the file's order.
    static func all(_ file: String = #filePath) throws -> [AccessLine] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "access.txt"), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, ["own", "all"].contains(words[2]) else { return nil }
            return AccessLine(
                method: words[0],
                path: words[1],
                isOwn: words[2] == "own",
                who: words[3]
            )
        }
    }

    /// Whether someone who is signed in with this role, or with none, gets in.
    func admits(_ role: Role?) -> Bool {
        switch who {
        case "anyone", "signed-in": true
        case "every-role": role != nil
        default: role.map { named.contains($0) } ?? false
        }
    }

    var named: [Role] {
        who.split(separator: ",").compactMap { Role(rawValue: String($0)) }
    }
}

extension Route {
    /// As access.txt says it.
    var written: String {
        let who =
            switch access {
            case .anyone: "anyone"
            case .signedIn: "signed-in"
            case .prescribers: "prescribers"
            case .stations: "stations"
            case .roles(.everyone): "every-role"
            case .roles(let roles): roles.map(\.rawValue).sorted().joined(separator: ",")
            }
        return "\(method.rawValue) \(path) \(who)"
    }
}
