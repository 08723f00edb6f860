BEGIN TRANSACTION;
CREATE TABLE marks (
	reply TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	mark TEXT NOT NULL CHECK (mark IN ('up', 'down')), 
	reason TEXT NOT NULL, 
	procedure TEXT, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (reply, conversation), 
	FOREIGN KEY(reply) REFERENCES replies (id) ON DELETE CASCADE
);
INSERT INTO "marks" VALUES('r','c','up','','1.001193','2026-11-22 22:39:40.668747');
CREATE TABLE messages (
	number TEXT NOT NULL, 
	kind TEXT NOT NULL CHECK (kind IN ('question', 'complaint', 'feedback')), 
	text TEXT NOT NULL, 
	contact TEXT, 
	conversation TEXT, 
	state TEXT NOT NULL CHECK (state IN ('draft', 'new', 'taken', 'answered')), 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	answered_at DATETIME, 
	answer TEXT, 
	procedure TEXT, 
	PRIMARY KEY (number)
);
INSERT INTO "messages" VALUES('CH-C82-V3G','question','Nộp ở đâu?',NULL,'c','new','2026-11-22 22:39:40.660399','2026-11-22 22:39:40.665221',NULL,NULL,NULL);
CREATE TABLE ratings (
	id INTEGER NOT NULL, 
	conversation TEXT NOT NULL, 
	day DATE NOT NULL, 
	level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5), 
	said_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (conversation, day)
);
INSERT INTO "ratings" VALUES(1,'c','2026-11-23',5,'2026-11-22 22:39:40.676190');
CREATE TABLE replies (
	id TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	card_type TEXT NOT NULL, 
	kind TEXT, 
	procedure TEXT, 
	aspects TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "replies" VALUES('r','c','2026-11-22 22:39:40.656267','answer',NULL,'1.001193','fee');
CREATE TABLE store_version (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "store_version" VALUES(2);
CREATE TABLE turns (
	id TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	message TEXT NOT NULL, 
	took_ms INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES replies (id) ON DELETE CASCADE
);
INSERT INTO "turns" VALUES('r','c','2026-11-22 22:39:40.666987','hỏi',80);
CREATE UNIQUE INDEX one_draft_per_conversation ON messages (conversation) WHERE state = 'draft';
CREATE INDEX ix_messages_conversation ON messages (conversation);
CREATE INDEX ix_replies_conversation ON replies (conversation);
CREATE INDEX ix_turns_at ON turns (at);
CREATE INDEX ix_turns_conversation ON turns (conversation);
COMMIT;
