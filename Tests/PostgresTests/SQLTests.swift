import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func `what is interpolated is numbered and bound`() {
        let sql: SQL = "select \("a") where \(1) = any(\([2, 3]))"
        #expect(sql.text == "select $1 where $2 = any($3)")
        #expect(sql.binds.map(\.text) == ["a", "1", #"{"2","3"}"#])
    }

    @Test func `a statement spliced into another keeps its values in order`() {
        let columns: SQL = "id, \("x") as word"
        let sql: SQL = "select \(0), \(columns) from t where \(9)" + " and \(10)"
        #expect(sql.text == "select $1, id, $2 as word from t where $3 and $4")
        #expect(sql.binds.map(\.text) == ["0", "x", "9", "10"])
    }

    @Test func `rows join into one list of values`() {
        let rows: [SQL] = [1, 2].map { "(\($0), \("n\($0)"))" }
        let sql: SQL = "insert into t values \(rows.joined())"
        #expect(sql.text == "insert into t values ($1, $2), ($3, $4)")
        #expect(sql.binds.map(\.text) == ["1", "n1", "2", "n2"])
    }

    @Test func `names are quoted and trusted text is not`() {
        let sql: SQL = "select \(raw: "count(*)") from \(identifier: #"a "b""#)"
        #expect(sql.text == #"select count(*) from "a ""b""""#)
        #expect(sql.binds.isEmpty)
        #expect(SQL.quoted(literal: "l'été \\") == "'l''été \\'")
    }

    @Test(
        arguments: [
            (elements: [], text: "{}"),
            (elements: ["a", nil, "NULL", ""], text: #"{"a",NULL,"NULL",""}"#),
            (elements: [#"a"b\c,{d} "#], text: #"{"a\"b\\c,{d} "}"#),
        ] as [(elements: [String?], text: String)]
    )
    func `an array is written so that the server reads the same`(elements: [String?], text: String)
    {
        #expect(arrayLiteral(elements) == text)
        #expect(arrayElements(text) == elements)
    }

    @Test(arguments: ["", "a", "{", "{a", #"{"a}"#, "{{1},{2}}", "{a}b", "[0:1]={1,2}"])
    func `what is no array of one dimension is not read as one`(text: String) {
        #expect(arrayElements(text) == nil)
    }

    @Test func `a file's variables are put in, and nothing else is`() {
        let file = MigrationFile(
            name: "roles.sql",
            text: "grant :app to :\"x\"; select ':schema', :'schema', now()::schema, a[1:2], :apps;"
        )
        #expect(
            file.text(with: ["app": "lille_app", "schema": "l'île"])
                == "grant \"lille_app\" to :\"x\"; select '\"l'île\"', 'l''île', now()::schema, a[1:2], :apps;"
        )
    }
}
