import Testing

@testable import Shop

@Suite("Wipe logs of nwipe")
struct NwipeTests {
    /// The log of one drive, sda, as nwipe 0.3x writes it.
    static func log(
        method: String = "PRNG Stream",
        found: String = "ATA    , WDC WD3200AAKS-75L9A0, 320 GB, S/N=WD-WMAV2W580992",
        messages: String = "",
        errors: String = "       sda |           0 |                    0 |                    0",
        status: String = " Erased ",
        duration: String = "01:18:12",
        model: String = "WDC WD3200AAKS-75",
        serial: String = "WD-WMAV2W580992"
    ) -> String {
        """
        [2026/01/05 10:00:00]    info: nwipe 0.37
        [2026/01/05 10:00:00] warning: Command not found. Install dmidecode !
        [2026/01/05 10:00:01]  notice: Found /dev/sda,  \(found)
        [2026/01/05 10:00:01]  notice: Program options are set as follows...
        [2026/01/05 10:00:01]  notice:   verify   = 1 (last pass)
        [2026/01/05 10:00:02]  notice: /dev/sda has serial number \(serial)
        [2026/01/05 10:00:02]  notice: /dev/sda, sect/blk/dev 512/4096/320072933376
        [2026/01/05 10:00:02]  notice: Invoking method '\(method)' on /dev/sda
        [2026/01/05 10:00:02]  notice: Starting round 1 of 1 on /dev/sda
        [2026/01/05 10:00:02]  notice: Starting pass 1/1, round 1/1, on /dev/sda
        [2026/01/05 11:10:00]  notice: 320072933376 bytes written to /dev/sda
        \(messages)
        [2026/01/05 11:18:14]  notice: Finished final round 1 of 1 on /dev/sda

        ******************************** Error Summary *********************************
        !   Device | Pass Errors | Verifications Errors | Fdatasync I\\O Errors
        --------------------------------------------------------------------------------
        \(errors)
        ********************************************************************************

        ********************************* Drive Status *********************************
        !   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
        --------------------------------------------------------------------------------
               sda |\(status)|   68 MB/s | \(duration) | \(model)/\(serial)
        --------------------------------------------------------------------------------
        [2026/01/05 11:18:20] Total Throughput   68 MB/s, \(method), 1R+NB+VL
        [2026/01/05 11:18:20]    info: Nwipe successfully completed. See summary table for details.
        """
    }

    static func read(_ text: String) throws -> ErasureLog {
        let file = try EquipmentFile.read(Array(text.utf8), named: "x")
        #expect(file.format == .nwipe && file.content == .evidence)
        return try #require(file.erasures)
    }

    @Test("a drive whose final word is Erased, with no error, is proven by its serial")
    func proves() throws {
        let log = try Self.read(Self.log())
        #expect(log.tool == "nwipe" && log.toolVersion == "0.37")
        let drive = try #require(log.drives.first)
        #expect(log.drives.count == 1 && drive.isProven && drive.isVerified)
        #expect(drive.serial?.text == "WD-WMAV2W580992" && drive.model == "WDC WD3200AAKS-75L9A0")
        #expect(drive.sizeGB == 320 && drive.durationSeconds == 4692)
        #expect(drive.methodName == "PRNG Stream" && drive.method == .overwrite)
        #expect(drive.level == .clear)
        #expect(drive.started?.iso == "2026-01-05T10:00:02")
        #expect(drive.ended?.iso == "2026-01-05T11:18:14")
    }

    @Test("a drive that hides sectors is proven only in part (C2)")
    func hides() throws {
        func doubts(_ message: String) throws -> [ErasureDoubt] {
            try #require(Self.read(Self.log(messages: message)).drives.first).doubts
        }
        let hidden = "[2026/01/05 10:00:03] warning:  *** HIDDEN SECTORS DETECTED ! *** on /dev/sda"
        #expect(try doubts(hidden) == [.partial])
        #expect(try doubts("[2026/01/05 10:00:03]  notice: No hidden sectors on /dev/sda") == [])
    }

    @Test(
        "whatever is less than a proof is none, and says why",
        arguments: [
            (log(status: "UABORTED"), [ErasureDoubt.aborted]),
            (log(status: "-FAILED-"), [.failed]),
            (log(status: "INSANITY"), [.failed]),
            (
                log(
                    errors: "!      sda |           1 |                    0 |                    0"
                ), [.errors]
            ),
            (
                log(
                    errors: "!      sda |           0 |                    2 |                    0"
                ), [.errors]
            ),
            (
                log(
                    errors: "!      sda |           0 |                    0 |                    1"
                ), [.errors]
            ),
            (log(errors: "!      sda |           3 |                    0 |"), [.errors]),
            (
                log(
                    messages:
                        "[2026/01/05 11:00:00]   error: Write error on '/dev/sda' at offset 4096"
                ),
                [.errors]
            ),
            (log(method: "Verify Zeros (0x00)"), [.onlyVerified]),
            (log(method: "Magic"), [.methodUnknown]),
            (
                log(messages: "[2026/01/05 11:11:00]  notice: 4096 bytes written to /dev/sda"),
                [.partial]
            ),
            (log(duration: "00:00:03"), [.tooQuick]),
            (log(duration: "00:08:00"), [.tooQuick]),
            (log(serial: "XXXXXXXXXXXXXXX"), [.serialUnknown]),
            (log(serial: "???????????????"), [.serialUnknown]),
            (log(serial: ""), [.serialUnknown]),
            (
                log(status: "UABORTED", duration: "00:00:03", serial: "????"),
                [.aborted, .tooQuick, .serialUnknown]
            ),
        ]
    )
    func doubts(text: String, expected: [ErasureDoubt]) throws {
        let log = try Self.read(text)
        #expect(log.drives.map(\.doubts) == [expected])
        #expect(!log.drives[0].isProven)
    }

    @Test("no drive writes itself faster than its plug carries")
    func speed() throws {
        let nvme = "NVME   , Samsung SSD 970 EVO 500GB, 500 GB, S/N=S466NX0M776250H"
        let text = Self.log(
            found: nvme,
            duration: "00:03:00",
            model: "Samsung SSD 970 E",
            serial: "S466NX0M776250H"
        ).replacing("320072933376", with: "500107862016")
        #expect(try Self.read(text).drives[0].isProven)
        #expect(
            try Self.read(text.replacing("00:03:00", with: "00:00:20")).drives[0].doubts == [
                .tooQuick
            ]
        )
    }

    @Test("a log without its table, cut or too old, proves nothing")
    func unfinished() throws {
        let text = Self.log()
        let end = try #require(text.firstRange(of: "****"))
        let log = try Self.read(String(text[..<end.lowerBound]))
        #expect(log.drives.map(\.doubts) == [[.unfinished]])
        let old = """
            [2016/08/18 15:41:48] nwipe: notice: Invoking method 'PRNG Stream' on device '/dev/sdb'.
            [2016/08/18 17:02:30] nwipe: notice: 600127266816 bytes written to device '/dev/sdb'.
            [2016/08/18 17:02:30] nwipe: notice: Finished round 1 of 1 on device '/dev/sdb'.
            """
        #expect(try Self.read(old).drives.map(\.doubts) == [[.unfinished, .serialUnknown]])
    }

    @Test("each drive has its own word, and of two runs the last stands")
    func several() throws {
        let row = "       sdb |-FAILED-|   60 MB/s | 01:20:00 | ST3320418AS/9VMABCDE"
        let text = Self.log().replacing(
            "/WD-WMAV2W580992\n----",
            with: "/WD-WMAV2W580992\n\(row)\n----"
        )
        let two = try Self.read(text)
        #expect(two.drives.map(\.isProven) == [true, false])
        #expect(two.drives[1].serial?.text == "9VMABCDE")
        #expect(two.drives[1].doubts.first == .failed)
        let again = try Self.read(Self.log(status: "UABORTED") + "\n" + Self.log())
        #expect(again.drives.map(\.isProven) == [true])
        let worse = try Self.read(Self.log() + "\n" + Self.log(status: "UABORTED"))
        #expect(worse.drives.map(\.isProven) == [false])
    }

    @Test("numbers that no drive has are passed over")
    func hugeNumbers() throws {
        let text = Self.log().replacing("320072933376", with: "9223372036854775807")
        #expect(try Self.read(text).drives.map(\.sizeGB) == [320])
        let bare =
            "[2026/01/05 10:00:02]  notice: Invoking method 'DoD Short' on /dev/sda\n"
            + "[2026/01/05 10:00:03]  notice: 9223372036854775807 bytes written to /dev/sda"
        #expect(try Self.read(bare).drives.map(\.sizeGB) == [nil])
    }

    @Test("errors of one run are not another's")
    func runs() throws {
        let bad = Self.log(
            errors: "!      sda |           7 |                    0 |                    0"
        )
        #expect(try Self.read(bad + "\n" + Self.log()).drives.map(\.errors.count) == [0])
    }

    @Test(
        "a method's name says what was done to a drive, and how far that reaches",
        arguments: [
            ("Fill With Zeros", ErasureMethod.overwrite, ErasureLevel.clear),
            ("DoD 5220.22-M", .overwrite, .clear), ("Gutmann Wipe", .overwrite, .clear),
            ("HMG IS5 Enhanced", .overwrite, .clear), ("BMB21-2019", .overwrite, .clear),
            ("EraseSectors", .overwrite, .clear), ("ATA Secure Erase", .secureErase, .purge),
            ("NVMe Sanitize Crypto Erase", .cryptoErase, .purge),
            ("Sanitize Block Erase", .blockErase, .purge),
            ("Verify Ones (0xFF)", nil, nil), ("", nil, nil), ("Magic", nil, nil),
        ] as [(String, ErasureMethod?, ErasureLevel?)]
    )
    func methods(name: String, method: ErasureMethod?, level: ErasureLevel?) {
        #expect(ErasureMethod(named: name) == method)
        #expect(ErasureMethod(named: name)?.level == level)
    }

    @Test(
        "a moment is read as it is written, and moved to UTC where its offset is told",
        arguments: [
            ("2023/03/11 20:40:30", "2023-03-11T20:40:30"),
            ("2018-07-13T11:54:55.100581+00:00", "2018-07-13T11:54:55Z"),
            ("2018-07-13T00:54:55+02:00", "2018-07-12T22:54:55Z"),
            ("2018-07-13 11:54:55.1Z", "2018-07-13T11:54:55Z"),
            ("2018-07-13T11:54:55-0330", "2018-07-13T15:24:55Z"),
            ("0001-01-01 00:00:00+00:00", "0001-01-01T00:00:00Z"),
            ("2018-13-01 00:00:00", nil), ("2018-01-01", nil), ("hier", nil),
            ("2018-01-01 00:00:00+", nil), ("2018-01-01 00:00:00+99", nil), ("", nil),
        ] as [(String, String?)]
    )
    func times(text: String, expected: String?) {
        #expect(LoggedTime(read: text)?.iso == expected)
    }

    @Test("it is told as fields in order")
    func contract() throws {
        let drive = try #require(try Self.read(Self.log(status: "UABORTED")).drives.first)
        #expect(
            try json(drive)
                == #"{"doubts":["aborted"],"duration_seconds":4692,"ended":"2026-01-05T11:18:14","errors":0,"#
                + #""level":"clear","method":"overwrite","method_name":"PRNG Stream","#
                + #""model":"WDC WD3200AAKS-75L9A0","serial":"WD-WMAV2W580992","size_gb":320,"#
                + #""started":"2026-01-05T10:00:02","verified":true}"#
        )
    }
}
